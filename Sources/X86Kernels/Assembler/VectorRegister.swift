/// A vector register: number 0…31 and how much of it an instruction uses.
///
/// Numbers above 15 and the 512-bit width exist only with AVX-512.
package struct VectorRegister: Hashable, Sendable {
    package enum Width: UInt8, Sendable {
        /// 256 bits, eight floats.
        case ymm
        /// 512 bits, sixteen floats.
        case zmm

        package var floats: Int { self == .ymm ? 8 : 16 }
        package var bytes: Int { floats * 4 }
    }

    package let number: UInt8
    package let width: Width

    package init(_ number: Int, _ width: Width) {
        precondition((0..<32).contains(number), "there is no vector register \(number)")
        self.number = UInt8(number)
        self.width = width
    }
}

/// Registers side by side, as those of a tile's row.
extension [VectorRegister.Width] {
    package var floats: Int { reduce(0) { $0 + $1.floats } }

    /// Bytes before one of them.
    package func bytes(before index: Int) -> Int { self[..<index].reduce(0) { $0 + $1.bytes } }
}

/// A vector register: number 0…31 and how much of it an instruction uses.
///
/// Numbers above 15 and the 512-bit width exist only with AVX-512.
struct VectorRegister: Hashable, Sendable {
    enum Width: UInt8, Sendable {
        /// 256 bits, eight floats.
        case ymm
        /// 512 bits, sixteen floats.
        case zmm

        var floats: Int { self == .ymm ? 8 : 16 }
        var bytes: Int { floats * 4 }
    }

    let number: UInt8
    let width: Width

    init(_ number: Int, _ width: Width) {
        precondition((0..<32).contains(number), "there is no vector register \(number)")
        self.number = UInt8(number)
        self.width = width
    }
}

/// Registers side by side, as those of a tile's row.
extension [VectorRegister.Width] {
    var floats: Int { reduce(0) { $0 + $1.floats } }

    /// Bytes before one of them.
    func bytes(before index: Int) -> Int { self[..<index].reduce(0) { $0 + $1.bytes } }
}

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

/// The sixteen 64-bit integer registers of x86-64, by their encoding.
enum GeneralRegister: UInt8, Sendable, CaseIterable {
    case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
}

/// A place in memory: base + index + displacement, in bytes.
struct Address: Hashable, Sendable {
    let base: GeneralRegister
    let index: GeneralRegister?
    let displacement: Int32

    /// - Precondition: the displacement fits 32 bits, and the index is not `rsp`, which the encoding cannot express.
    init(_ base: GeneralRegister, index: GeneralRegister? = nil, _ displacement: Int = 0) {
        precondition(Int(Int32(truncatingIfNeeded: displacement)) == displacement, "displacement \(displacement)")
        precondition(index != .rsp, "rsp cannot be an index")
        self.base = base
        self.index = index
        self.displacement = Int32(truncatingIfNeeded: displacement)
    }
}

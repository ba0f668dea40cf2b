/// The vector instructions that kernels may be made for.
package enum InstructionSet: String, Sendable, CaseIterable {
    /// 256-bit vectors and fused multiply-add: Intel since Haswell (2013), AMD since Zen (2017).
    case avx2
    /// 512-bit vectors, 32 registers: AVX-512 F and VL.
    case avx512
    /// AVX-512 on processors that add in other units than they multiply in, AMD since Zen 4 (2022): there
    /// ``PairedProducts`` cost less than plain ones.
    case avx512Paired = "avx512, paired products"

    package var pairsProducts: Bool { self == .avx512Paired }
    package var encoding: Assembler.VectorEncoding { self == .avx2 ? .vex : .evex }
    package var widest: VectorRegister.Width { self == .avx2 ? .ymm : .zmm }
    package var registers: Int { self == .avx2 ? 16 : 32 }

    /// The sets that this machine can run, whether or not they are the best for it.
    package static let supported: [InstructionSet] =
        switch best {
        case nil: []
        case .avx2: [.avx2]
        case .avx512, .avx512Paired: allCases
        }

    /// The best set that both processor and operating system support; nil on other processors and where the system
    /// refuses executable memory.
    package static let best: InstructionSet? = ProcessorIdentity.read().flatMap { identity in
        if identity.hasAVX512 { return identity.addsBesideMultiplying ? .avx512Paired : .avx512 }
        return identity.hasAVX2 ? .avx2 : nil
    }
}

/// The vector instructions that kernels may be made for.
package enum InstructionSet: String, Sendable, CaseIterable {
    /// 256-bit vectors, fused multiply-add and conversion of halves: Intel since Haswell (2013), AMD since Zen (2017).
    case avx2
    /// 512-bit vectors, 32 registers: AVX-512 F and VL.
    case avx512
    /// AVX2 on processors that add in other units than they multiply in, AMD since Zen 3 (2020): there ``PairedProducts``
    /// cost less than plain ones.
    case avx2Paired = "avx2, paired products"
    /// Likewise with AVX-512, AMD since Zen 4 (2022).
    case avx512Paired = "avx512, paired products"

    /// Which products are paired; nil where all are plain.
    package var pairing: PairedProducts? {
        switch self {
        case .avx2, .avx512: nil
        case .avx2Paired: .avx2
        case .avx512Paired: .avx512
        }
    }

    package var encoding: Assembler.VectorEncoding {
        switch self {
        case .avx2, .avx2Paired: .vex
        case .avx512, .avx512Paired: .evex
        }
    }

    package var widest: VectorRegister.Width { encoding == .vex ? .ymm : .zmm }
    package var registers: Int { encoding.registers }

    /// The sets that this machine can run, whether or not they are the best for it.
    package static let supported: [InstructionSet] =
        switch best {
        case nil: []
        case .avx2, .avx2Paired: [.avx2, .avx2Paired]
        case .avx512, .avx512Paired: allCases
        }

    /// The best set that both processor and operating system support; nil on other processors and where the system
    /// refuses executable memory.
    package static let best: InstructionSet? = ProcessorIdentity.read().flatMap { identity in
        suiting(
            hasAVX2: identity.hasAVX2, hasAVX512: identity.hasAVX512,
            addsBesideMultiplying: identity.addsBesideMultiplying)
    }

    /// The best set for a processor of which this is known.
    package static func suiting(hasAVX2: Bool, hasAVX512: Bool, addsBesideMultiplying: Bool) -> InstructionSet? {
        if hasAVX512 { return addsBesideMultiplying ? .avx512Paired : .avx512 }
        guard hasAVX2 else { return nil }
        return addsBesideMultiplying ? .avx2Paired : .avx2
    }
}

/// The vector instructions that kernels may be made for.
package enum InstructionSet: String, Sendable, CaseIterable {
    /// 256-bit vectors and fused multiply-add: Intel since Haswell (2013), AMD since Zen (2017).
    case avx2
    /// 512-bit vectors, 32 registers: AVX-512 F and VL.
    case avx512

    package var encoding: Assembler.VectorEncoding { self == .avx2 ? .vex : .evex }
    package var widest: VectorRegister.Width { self == .avx2 ? .ymm : .zmm }
    package var registers: Int { self == .avx2 ? 16 : 32 }

    /// The best set that both processor and operating system support; nil on other processors and where the system
    /// refuses executable memory.
    package static let best: InstructionSet? = ProcessorIdentity.read().flatMap { identity in
        if identity.hasAVX512 { return .avx512 }
        return identity.hasAVX2 ? .avx2 : nil
    }
}

@testable import X86Kernels
import TensorEngine
import Testing

/// Which processors get which kernels.
@Suite struct X86TargetTests {
    @Test func theBestTargetFollowsFromWhatTheProcessorHas() {
        let suiting = X86Target.suiting
        #expect(suiting([], false) == nil)
        #expect(suiting([], true) == nil)
        #expect(suiting(.narrow, false) == .avx2)
        #expect(suiting(.narrow, true) == .avx2Paired)
        #expect(suiting(.wide, false) == .avx512)
        #expect(suiting(.wide, true) == .avx512Paired)
    }

    /// One instruction of a group is not enough: kernels use all.
    @Test func aGroupCountsOnlyAsAWhole() {
        for missing in [InstructionSet.avx2, .fma, .f16c] {
            #expect(X86Target.suiting(.wide.subtracting(missing), addsBesideMultiplying: false) == nil)
        }
        for missing in [InstructionSet.avx512f, .avx512vl] {
            #expect(X86Target.suiting(.wide.subtracting(missing), addsBesideMultiplying: false) == .avx2)
        }
    }

    /// Signatures of Zen 2 (Rome), Zen 3 (Milan), Zen 4 (Genoa), Zen 5 (Turin) and Intel's Ice Lake.
    @Test(arguments: [
        (UInt32(0x0083_0F10), UInt32(23)), (0x00A0_0F11, 25), (0x00A1_0F11, 25), (0x00B0_0F21, 26), (0x0006_06A6, 6),
    ])
    func readsTheFamily(_ signature: UInt32, _ family: UInt32) {
        #expect(ProcessorIdentity.family(ofSignature: signature) == family)
    }
}

import Testing

@testable import X86Kernels

/// Which processors get which kernels.
@Suite struct InstructionSetTests {
    @Test func theBestSetFollowsFromWhatTheProcessorHas() {
        let suiting = InstructionSet.suiting
        #expect(suiting(false, false, false) == nil)
        #expect(suiting(false, false, true) == nil)
        #expect(suiting(true, false, false) == .avx2)
        #expect(suiting(true, false, true) == .avx2Paired)
        #expect(suiting(true, true, false) == .avx512)
        #expect(suiting(true, true, true) == .avx512Paired)
    }

    /// Signatures of Zen 2 (Rome), Zen 3 (Milan), Zen 4 (Genoa), Zen 5 (Turin) and Intel's Ice Lake.
    @Test(arguments: [
        (UInt32(0x0083_0F10), UInt32(23)), (0x00A0_0F11, 25), (0x00A1_0F11, 25), (0x00B0_0F21, 26), (0x0006_06A6, 6),
    ])
    func readsTheFamily(_ signature: UInt32, _ family: UInt32) {
        #expect(ProcessorIdentity.family(ofSignature: signature) == family)
    }
}

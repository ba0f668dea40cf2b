import X86Kernels
import TensorEngine
import Testing

@Suite struct KernelPathTests {
    struct Case: Sendable {
        let path: KernelPath
        let wanted: KernelPath
        let available: InstructionSet?
        var allowed = true
        let phrase: String
    }

    @Test(arguments: [
        Case(path: .made(.avx2), wanted: .made(.avx2), available: .avx2, phrase: "avx2"),
        Case(path: .made(.avx2Paired), wanted: .made(.avx2Paired), available: .avx2Paired, phrase: "paired"),
        Case(path: .portable, wanted: .portable, available: nil, phrase: "neither AVX-512 nor AVX2"),
        Case(path: .portable, wanted: .portable, available: nil, allowed: false, phrase: "does not let"),
        Case(path: .portable, wanted: .portable, available: .avx512, phrase: "SWIFT_EMOTION_KERNELS"),
        Case(path: .portable, wanted: .made(.avx512), available: .avx512, allowed: false, phrase: "does not let"),
    ])
    func saysWhyItRuns(_ test: Case) {
        let explanation = test.path.explanation(
            wanted: test.wanted, available: test.available, allowed: test.allowed)
        #expect(explanation.contains(test.phrase), "\(explanation)")
    }
}

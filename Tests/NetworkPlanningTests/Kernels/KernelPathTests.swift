@testable import X86Kernels
import NetworkPlanning
import Testing

@Suite struct KernelPathTests {
    struct Case: Sendable {
        let path: KernelPath
        let wanted: KernelPath
        let available: X86Target?
        var allowed = true
        let phrase: String
    }

    @Test(arguments: [
        Case(path: .compiled(.avx2), wanted: .compiled(.avx2), available: .avx2, phrase: "avx2"),
        Case(path: .compiled(.avx2Paired), wanted: .compiled(.avx2Paired), available: .avx2Paired, phrase: "paired"),
        Case(path: .portable, wanted: .portable, available: nil, phrase: "neither AVX-512 nor AVX2"),
        Case(path: .portable, wanted: .portable, available: nil, allowed: false, phrase: "does not let"),
        Case(path: .portable, wanted: .portable, available: .avx512, phrase: "SWIFT_EMOTION_KERNELS"),
        Case(path: .portable, wanted: .compiled(.avx512), available: .avx512, allowed: false, phrase: "does not let"),
    ])
    func saysWhyItRuns(_ test: Case) {
        let explanation = test.path.explanation(
            wanted: test.wanted, available: test.available, allowed: test.allowed)
        #expect(explanation.contains(test.phrase), "\(explanation)")
    }
}

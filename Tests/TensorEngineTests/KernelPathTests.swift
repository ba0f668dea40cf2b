import KernelCompiler
import TensorEngine
import Testing

@Suite struct KernelPathTests {
    @Test(arguments: [
        (KernelPath.made(.avx2), KernelPath.made(.avx2), InstructionSet?.some(.avx2), "avx2"),
        (.portable, .portable, nil, "neither AVX-512 nor AVX2"),
        (.portable, .portable, .avx512, "SWIFT_EMOTION_KERNELS"),
        (.portable, .made(.avx512), .avx512, "does not let"),
    ])
    func saysWhyItRuns(path: KernelPath, wanted: KernelPath, available: InstructionSet?, phrase: String) {
        #expect(path.explanation(wanted: wanted, available: available).contains(phrase))
    }
}

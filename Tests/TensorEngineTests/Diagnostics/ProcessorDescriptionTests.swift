import TensorEngine
import Testing

@Suite struct ProcessorDescriptionTests {
    @Test func readsTheFirstProcessorOfAnX86Machine() {
        let text = """
            processor\t: 0
            model name\t: AMD EPYC
            flags\t\t: fpu sse4_2 avx2 fma avx

            processor\t: 1
            model name\t: Another
            flags\t\t: avx512f
            """
        let processor = ProcessorDescription(parsing: text, architecture: "x86_64", available: 2)
        #expect(processor.model == "AMD EPYC")
        #expect(processor.extensions == ["sse4_2", "avx", "fma", "avx2"])
        #expect(processor.available == 2)
    }

    @Test func readsTheFeaturesOfAnArmMachine() {
        let text = "processor\t: 0\nFeatures\t: fp asimd evtstrm\nCPU part\t: 0xd0c\n"
        let processor = ProcessorDescription(parsing: text, architecture: "arm64", available: 4)
        #expect(processor.model == "unknown")
        #expect(processor.extensions == ["asimd"])
    }

    @Test func saysUnknownWhereTheSystemDoesNotTell() {
        let processor = ProcessorDescription(parsing: "", architecture: "arm64", available: 1)
        #expect(processor.model == "unknown")
        #expect(processor.extensions.isEmpty)
    }
}

#if os(Linux)
    import ModelWeights
    import NetworkPlanning
    import TensorEngine
    import TestSupport
    import Testing

    @testable import EmotionRecognition
    @testable import X86Kernels

    /// Whether a classifier's machine code leaves the process with it.
    @Suite(.enabled(if: X86Target.best != nil && TestBuild.isRelease(for: "KernelLifetimeTests")))
    struct KernelLifetimeTests {
        @Test(arguments: KernelPath.usable.filter { $0 != .portable })
        func aClassifiersKernelsGoWithIt(on path: KernelPath) throws {
            let layers = try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path)
            // A test beside this one may be given the pages at once, so one success in several attempts is asked for.
            let returned = try (0..<5).contains { _ in
                let address = try usedKernels(layers, path)
                return MappedRegion.holding(address)?.isExecutable != true
            }
            #expect(returned, "the pages are still executable")
        }

        /// Where the kernels of a classifier lay that has worked and is gone.
        private func usedKernels(_ layers: LayeredClassifier, _ path: KernelPath) throws -> UInt {
            let classifier = EmotionClassifier(layers, workers: WorkerPool(threads: 2), path: path)
            let rows = classifier.network.plan.steps.compactMap { $0 as? RowStep }
            let kernel = try #require(rows.first?.kernel as? X86MatrixKernel)
            let address = unsafeBitCast(kernel.code.function(KernelBatch.Handle(offset: 0)), to: UInt.self)
            let size = classifier.specification.inputSize
            _ = classifier.logits(for: Tensor(zeros: [1, size.height, size.width, 3]))
            #expect(MappedRegion.holding(address)?.permissions == "r-xp")
            withExtendedLifetime(classifier) {}
            return address
        }
    }
#endif

@testable import X86Kernels
import TensorEngine
#if os(Linux)
    import X86Kernels
    import TestSupport
    import Testing

    /// What the system says of the pages that hold compiled kernels.
    @Suite(.enabled(if: ExecutableMemory.isAllowed)) struct ExecutableMemoryTests {
        /// A batch of one kernel, which is made but never run, and the kernel's address.
        private func sealedBatch() throws -> (kernels: CompiledKernels, address: UInt) {
            var batch = KernelBatch(.avx2)
            let handle = batch.compile(
                MatrixTile(
                    MatrixForm(segmentLength: 3, inputStride: 3), rows: 2, vectors: [.ymm], outputStride: 8))
            let kernels = try #require(batch.seal())
            return (kernels, unsafeBitCast(kernels.function(handle), to: UInt.self))
        }

        @Test func sealedKernelsCanBeReadAndRunButNotWritten() throws {
            let (kernels, address) = try sealedBatch()
            let region = try #require(MappedRegion.holding(address))
            #expect(region.permissions == "r-xp")
            #expect(region.name.isEmpty)
            withExtendedLifetime(kernels) {}
        }

        @Test func nothingOfOursIsWritableAndExecutable() throws {
            let sealed = try (0..<8).map { _ in try sealedBatch() }
            let both = MappedRegion.all().filter { $0.name.isEmpty && $0.isWritable && $0.isExecutable }
            #expect(both.isEmpty, "\(both)")
            withExtendedLifetime(sealed) {}
        }

        @Test func theLastReferenceGivesThePagesBack() throws {
            // A test beside this one may be given the pages at once, so one success in several attempts is asked for.
            let returned = try (0..<20).contains { _ in
                var batch: (kernels: CompiledKernels, address: UInt)? = try sealedBatch()
                let address = try #require(batch?.address)
                var other = batch?.kernels
                batch = nil
                #expect(MappedRegion.holding(address)?.permissions == "r-xp", "one reference is left")
                withExtendedLifetime(other) {}
                other = nil
                return MappedRegion.holding(address)?.isExecutable != true
            }
            #expect(returned, "the pages are still executable")
        }
    }
#endif

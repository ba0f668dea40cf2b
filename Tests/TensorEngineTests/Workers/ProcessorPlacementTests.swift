#if canImport(Glibc)
    import Glibc
    import TensorEngine
    import Testing

    /// On Linux alone: elsewhere a thread cannot be kept off a processor.
    @Suite struct ProcessorPlacementTests {
        private typealias Affinity = @convention(c) (pthread_t, Int, UnsafeMutableRawPointer?) -> Int32

        /// Bit n is set where the calling thread may run on processor n of the first 64.
        private func processors() throws -> UInt64 {
            let function = unsafeBitCast(try #require(dlsym(nil, "pthread_getaffinity_np")), to: Affinity.self)
            var mask = [UInt64](repeating: 0, count: 16)
            try #require(function(pthread_self(), 128, &mask) == 0)
            return mask[0]
        }

        /// The calling thread stands for one that is woken, so that nothing depends on how threads are scheduled.
        @Test func aThreadIsKeptOffOneProcessorAndOnlyWhileItIsWoken() throws {
            let before = try processors()
            var during: Result<UInt64, any Error>?
            ProcessorPlacement.keep([pthread_self()]) { during = Result { try processors() } }
            let woken = try #require(during, "nobody was woken")
            let allowed = try woken.get()
            if before.nonzeroBitCount > 1 {
                #expect(allowed.nonzeroBitCount == before.nonzeroBitCount - 1 && allowed & ~before == 0)
            } else {
                #expect(allowed == before, "where there is no other processor, the thread must stay")
            }
            let after = try processors()
            #expect(after == before)
        }

        @Test func nobodyIsWokenTwice() {
            var calls = 0
            ProcessorPlacement.keep([]) { calls += 1 }
            #expect(calls == 1)
        }
    }
#endif

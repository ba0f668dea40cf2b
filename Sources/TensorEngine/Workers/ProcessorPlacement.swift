import COpenBLAS

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps threads that are woken off the processor of the thread that wakes them.
///
/// A scheduler may let a woken thread begin where its waker runs, which goes on working: on some virtual machines both
/// then share that processor for tens of milliseconds while another is idle. Swift's modules for C libraries leave out
/// Linux's own extensions, so these are looked up by name; where there are none, threads are woken and nothing else.
package enum ProcessorPlacement {
    #if canImport(Glibc) || canImport(Musl)
        private typealias CurrentProcessor = @convention(c) () -> Int32
        /// So many bytes of a mask of the processors that a thread may run on.
        private typealias Affinity = @convention(c) (pthread_t, Int, UnsafeMutableRawPointer?) -> Int32
        private typealias Mask = UnsafeMutableBufferPointer<UInt64>

        private static let currentProcessor = function("sched_getcpu", as: CurrentProcessor.self)
        private static let getAffinity = function("pthread_getaffinity_np", as: Affinity.self)
        private static let setAffinity = function("pthread_setaffinity_np", as: Affinity.self)
        /// Of a mask: 1024 processors, as in `cpu_set_t`.
        private static let words = 16

        /// Calls `wake` while none of `threads` may begin on the calling thread's processor, unless it may on no other.
        ///
        /// Only for that moment: afterwards each may run where it might before, though from then on by a mask of its own,
        /// which does not follow when the process is given more processors. A thread that waits for the calling thread's
        /// processor moves as well.
        /// - Complexity: three system calls a thread.
        package static func keep(_ threads: [pthread_t], offThisProcessorDuring wake: () -> Void) {
            guard let processor = currentProcessor.map({ Int($0()) }), processor >= 0, processor < words * 64,
                let getAffinity, let setAffinity
            else { return wake() }
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: threads.count * words) { masks in
                masks.initialize(repeating: 0)
                let (word, bit) = (processor / 64, UInt64(1) << UInt64(processor % 64))
                for (index, thread) in threads.enumerated() {
                    let mask = Mask(rebasing: masks[(index * words)..<((index + 1) * words)])
                    guard getAffinity(thread, mask.count * 8, mask.baseAddress) == 0, mask[word] & bit != 0 else {
                        mask.update(repeating: 0)
                        continue
                    }
                    mask[word] ^= bit
                    // Refused where no other processor is left.
                    _ = setAffinity(thread, mask.count * 8, mask.baseAddress)
                    mask[word] ^= bit
                }
                wake()
                for (index, thread) in threads.enumerated() where masks[index * words + word] & bit != 0 {
                    _ = setAffinity(thread, words * 8, masks.baseAddress.map { $0 + index * words })
                }
            }
        }

        private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
            dlsym(nil, name).map { unsafeBitCast($0, to: type) }
        }
    #else
        package static func keep(_ threads: [pthread_t], offThisProcessorDuring wake: () -> Void) { wake() }
    #endif
}

/// What the operating system says about the processors this process may use.
package enum Processors {
    /// How many processors the scheduler may run this process on, at least 1; respects `taskset` and container limits
    /// that are set as an affinity mask.
    package static var available: Int { max(Int(openblas_get_num_procs()), 1) }
}

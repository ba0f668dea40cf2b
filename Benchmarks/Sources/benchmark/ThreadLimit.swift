import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Holds the process to some processors, and so the worker pool to as many threads.
enum ThreadLimit {
    /// Set by the process that starts itself again, so that a system that refuses does not do so for ever.
    private static let mark = "BENCHMARK_THREADS"

    /// Returns when the pool has `threads` threads; starts the program again on that many processors otherwise.
    ///
    /// The pool takes one thread for each processor in the process's affinity mask, which `taskset` (util-linux) sets.
    /// The peers are started the same way, so each side has the same cores.
    static func require(_ threads: Int) {
        guard WorkerPool.shared.threads != threads else { return }
        if getenv(mark) == nil {
            setenv(mark, String(threads), 1)
            let command = ["taskset", "-c", "0-\(threads - 1)"] + CommandLine.arguments
            let arguments = command.map { strdup($0) } + [nil]
            execvp("taskset", arguments)
        }
        print("benchmark: \(WorkerPool.shared.threads) threads, cannot have \(threads)")
        exit(1)
    }
}

import Synchronization
import TensorEngine

/// How long two threads take to hand a cache line to one another and back.
///
/// Cores that share a cache need some tens of nanoseconds, others several times that, and so does everything that one
/// thread of a pool computes and another reads. A virtual machine may get either, and change within minutes.
struct CacheLineExchange: ~Copyable {
    private static let rounds = 20_000
    private static let runs = 5

    /// Counts up: the first thread makes it odd, the second even.
    private let turn = Atomic<Int>(0)

    /// Nanoseconds of a round trip between the two threads of `workers`, the median of five runs.
    ///
    /// - Precondition: the pool has two threads and nobody else's work.
    static func nanoseconds(_ workers: WorkerPool) -> Double {
        precondition(workers.threads == 2, "a cache line is exchanged between two threads")
        return Quantiles((0..<runs).map { _ in Self().run(workers) }).median * 1e9 / Double(rounds)
    }

    private func run(_ workers: WorkerPool) -> Double {
        Timing {
            workers.run(2) { thread in
                for round in 0..<Self.rounds {
                    let awaited = 2 * round + thread
                    while turn.load(ordering: .acquiring) != awaited {}
                    turn.store(awaited + 1, ordering: .releasing)
                }
            }
        }.wall
    }
}

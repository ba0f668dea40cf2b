import Synchronization
import Testing

@testable import TensorEngine

/// Who gets which indices of a job.
@Suite struct TaskSharesTests {
    @Test(arguments: [(2, 5), (2, 2), (3, 8), (4, 2), (1, 3), (5, 0)])
    func eachThreadBeginsWithItsOwnShareAndThenTakesFromTheOthers(_ threads: Int, _ count: Int) {
        let shares = TaskShares(threads: threads)
        for _ in 0..<2 {
            for thread in 0..<threads {
                shares.divide(count)
                var taken: [Int] = []
                while let index = shares.next(for: thread) { taken.append(index) }
                let first = (thread * count + threads - 1) / threads
                #expect(taken == (0..<count).map { (first + $0) % count })
                #expect(shares.next(for: (thread + 1) % threads) == nil)
            }
        }
    }

    @Test func indicesAreNeighboursAndSharesAsEqualAsPossible() {
        let shares = TaskShares(threads: 3)
        shares.divide(8)
        // 0…2, 3…5 and 6…7, taken in turn.
        let taken = (0..<2).map { _ in (0..<3).map { shares.next(for: $0) } }
        #expect(taken == [[0, 3, 6], [1, 4, 7]])
        #expect([shares.next(for: 0), shares.next(for: 0), shares.next(for: 0)] == [2, 5, nil])
    }

    @Test func poolsThreadsTakeEveryIndexOnce() {
        let pool = WorkerPool(threads: 3)
        for count in [1, 2, 3, 7, 1000] {
            for _ in 0..<50 {
                let calls = (0..<count).map { _ in Count() }
                pool.run(count) { calls[$0].value.add(1, ordering: .relaxed) }
                #expect(calls.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
            }
        }
    }

    @Test func poolsThreadsBeginWithTheirOwnShares() {
        let (pool, count) = (WorkerPool(threads: 2), 64)
        for _ in 0..<20 {
            let record = Record(count)
            withExtendedLifetime(record) {
                pool.run(count, context: Unmanaged.passUnretained(record).toOpaque()) { context, index, thread in
                    let record = Unmanaged<Record>.fromOpaque(context).takeUnretainedValue()
                    record.threads[index].value.store(thread, ordering: .relaxed)
                    record.order[index].value.store(
                        record.next.value.add(1, ordering: .relaxed).oldValue, ordering: .relaxed)
                    // So long that a thread which is woken finds something left.
                    let begin = ContinuousClock.now
                    while ContinuousClock.now - begin < .microseconds(20) {}
                }
            }
            let threads = record.threads.map { $0.value.load(ordering: .relaxed) }
            let order = record.order.map { $0.value.load(ordering: .relaxed) }
            for (thread, share) in [0..<32, 32..<64].enumerated() {
                let taken = (0..<count).filter { threads[$0] == thread }.min { order[$0] < order[$1] }
                // Unless the other had taken all of it before.
                #expect(taken.map(share.contains) ?? true || !threads[share].contains(thread), "thread \(thread)")
            }
        }
    }

    /// Which thread took each index, and as which of all.
    private final class Record: Sendable {
        let threads: [Count]
        let order: [Count]
        let next = Count()

        init(_ count: Int) {
            threads = (0..<count).map { _ in Count() }
            order = (0..<count).map { _ in Count() }
        }
    }

    private final class Count: Sendable { let value = Atomic<Int>(0) }
}

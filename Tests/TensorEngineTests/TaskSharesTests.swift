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
                #expect(taken == (0..<count).map { (thread * count / threads + $0) % count })
                #expect(shares.next(for: (thread + 1) % threads) == nil)
            }
        }
    }

    @Test func indicesAreNeighboursAndSharesAsEqualAsPossible() {
        let shares = TaskShares(threads: 3)
        shares.divide(8)
        // 0…1, 2…4 and 5…7, taken in turn.
        let taken = (0..<2).map { _ in (0..<3).map { shares.next(for: $0) } }
        #expect(taken == [[0, 2, 5], [1, 3, 6]])
        #expect([shares.next(for: 0), shares.next(for: 0), shares.next(for: 0)] == [4, 7, nil])
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

    private final class Count: Sendable { let value = Atomic<Int>(0) }
}

import Synchronization
import TensorEngine
import Testing

@Suite struct WorkerPoolTests {
    @Test(arguments: [1, 2, 4]) func everyIndexIsVisitedOnce(_ threads: Int) {
        let pool = WorkerPool(threads: threads)
        for count in [0, 1, 2, 3, 1000] {
            let visits = Mutex([Int](repeating: 0, count: count))
            pool.run(count) { index in visits.withLock { $0[index] += 1 } }
            #expect(visits.withLock { $0.allSatisfy { $0 == 1 } })
        }
    }

    @Test func aBusyPoolLetsTheSecondCallerWorkAlone() {
        let pool = WorkerPool(threads: 2)
        let total = Atomic(0)
        // The inner call finds the pool taken by the outer one and must finish all the same.
        pool.run(8) { _ in pool.run(8) { _ in total.add(1, ordering: .relaxed) } }
        #expect(total.load(ordering: .relaxed) == 64)
    }

    @Test func manyTasksMayShareOnePool() async {
        let pool = WorkerPool(threads: 3)
        let sums = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let sum = Atomic(0)
                    for _ in 0..<200 { pool.run(10) { index in sum.add(index, ordering: .relaxed) } }
                    return sum.load(ordering: .relaxed)
                }
            }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(sums == [Int](repeating: 200 * 45, count: 8))
    }

    @Test func sleepingWorkersWakeUp() async throws {
        let pool = WorkerPool(threads: 2)
        let count = Atomic(0)
        for _ in 0..<3 {
            try await Task.sleep(for: .milliseconds(20))
            pool.run(100) { _ in count.add(1, ordering: .relaxed) }
        }
        #expect(count.load(ordering: .relaxed) == 300)
    }
}

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

    @Test(arguments: [1, 2, 3]) func bothPiecesGiveTheirResults(_ threads: Int) {
        let pool = WorkerPool(threads: threads)
        for round in 0..<100 {
            let (number, text) = pool.both {
                round
            } _: {
                // Within the pool's own work this is done by one thread.
                let sum = Atomic(0)
                pool.run(10) { sum.add($0, ordering: .relaxed) }
                return "\(sum.load(ordering: .relaxed))"
            }
            #expect(number == round && text == "45")
        }
    }

    @Test func bothMayGiveNothing() {
        let (none, some) = WorkerPool(threads: 2).both {
            Int?.none
        } _: {
            Int?.some(3)
        }
        #expect(none == nil && some == 3)
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

    @Test func aSecondCallerTakesAWorkersPlace() async {
        let pool = WorkerPool(threads: 2)
        let seen = Observation()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                pool.run(2000, context: seen.context) { context, _, thread in Observation.from(context).note(thread) }
                seen.isFirstDone.store(true, ordering: .relaxed)
            }
            group.addTask {
                while seen.pieces.load(ordering: .relaxed) < 20 {}
                pool.run(500) { _ in
                    if seen.isFirstDone.load(ordering: .relaxed) { return }
                    seen.isSecondWorking.store(true, ordering: .relaxed)
                    Observation.work()
                }
                seen.isSecondWorking.store(false, ordering: .relaxed)
            }
        }
        // The one that the worker was about to begin when the second caller came.
        #expect(seen.piecesBesideSecond.load(ordering: .relaxed) <= 1)
        #expect(seen.pieces.load(ordering: .relaxed) == 2000)
    }

    @Test func layersUseThePoolWhoseWorkTheyAre() {
        let pool = WorkerPool(threads: 2)
        let others = Atomic(0)
        #expect(WorkerPool.current === WorkerPool.shared)
        for count in [1, 50] {
            pool.run(count) { _ in if WorkerPool.current !== pool { others.add(1, ordering: .relaxed) } }
        }
        #expect(others.load(ordering: .relaxed) == 0)
        #expect(WorkerPool.current === WorkerPool.shared)
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

/// What two callers of one pool saw.
private final class Observation: Sendable {
    let pieces = Atomic(0)
    let piecesBesideSecond = Atomic(0)
    let isSecondWorking = Atomic(false)
    let isFirstDone = Atomic(false)

    var context: UnsafeRawPointer { UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()) }

    static func from(_ context: UnsafeRawPointer) -> Observation {
        Unmanaged<Observation>.fromOpaque(context).takeUnretainedValue()
    }

    /// A piece of the first caller's work, on the pool's thread of this number.
    func note(_ thread: Int) {
        pieces.add(1, ordering: .relaxed)
        if thread > 0 && isSecondWorking.load(ordering: .relaxed) { piecesBesideSecond.add(1, ordering: .relaxed) }
        Self.work()
    }

    /// Some fifty microseconds.
    static func work() {
        let end = ContinuousClock.now + .microseconds(50)
        while ContinuousClock.now < end {}
    }
}

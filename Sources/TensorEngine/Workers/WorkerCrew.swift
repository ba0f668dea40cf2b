import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The threads of a ``WorkerPool`` and the one job they share at a time.
///
/// The caller writes the job, opens it, works, closes it and waits for those who joined; a thread that wakes late finds
/// the job closed and is not waited for. `isOpen` and `working` are sequentially consistent: either a joining thread
/// sees the job closed, or the caller sees that it joined. The lock and its condition serve only threads that sleep.
package final class WorkerCrew: @unchecked Sendable {
    /// Called with the job's context, an index of the job, and the number of the thread: 0 for the caller.
    package typealias Function = @convention(c) (UnsafeRawPointer, Int, Int) -> Void

    private struct Job {
        let pool: Unmanaged<WorkerPool>
        let context: UnsafeRawPointer
        let function: Function
    }

    /// How often a thread looks at the job counter before it sleeps: about a hundred microseconds, as long as the longest part of a
    /// forward pass that one thread does alone, however unevenly it was shared. A thread that sleeps costs a system call and
    /// tens of microseconds to wake.
    private static let spins = 400_000
    /// In a larger crew one late thread is a small loss, and placing all of them would take too long.
    private static let largestPlacedCrew = 7

    private let generation = Atomic<UInt32>(0)
    private let isOpen = Atomic(false)
    private let working = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    /// Callers that have work for the pool at the moment, including those that do it alone.
    private let callers = Atomic<Int>(0)
    private let size: Int
    /// What is left of each thread's share of the job.
    private let shares: TaskShares
    private let isDismissed = Atomic(false)
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var threads: [pthread_t] = []
    private let process = getpid()
    /// A forked child has the crew's memory and none of its threads, whose names it may give to threads of its own.
    private var isOfThisProcess: Bool { getpid() == process }
    /// Threads that are kept off the caller's processor when they are woken.
    private var placed: [pthread_t] { size <= Self.largestPlacedCrew && isOfThisProcess ? threads : [] }
    // Written only while the job is closed and nobody works, read only by those who joined while it is open.
    private var job: Job?

    init(size: Int) {
        self.size = size
        shares = TaskShares(threads: size + 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(wake, nil)
        // Where some cannot be started, the caller finishes their shares.
        threads = (1...size).compactMap { number in CrewThread.start { self.serve(as: number) } }
    }

    deinit {
        pthread_cond_destroy(wake)
        pthread_mutex_destroy(lock)
        wake.deallocate()
        lock.deallocate()
    }

    func callerArrives() { callers.add(1, ordering: .relaxed) }

    func callerLeaves() { callers.subtract(1, ordering: .relaxed) }

    /// Runs `function(context, index)` for `0..<count` on the caller and the crew; returns when every call has returned.
    func share(_ count: Int, for pool: WorkerPool, _ context: UnsafeRawPointer, _ function: @escaping Function) {
        let job = Job(pool: .passUnretained(pool), context: context, function: function)
        self.job = job
        shares.divide(count)
        isOpen.store(true, ordering: .sequentiallyConsistent)
        announce { ProcessorPlacement.keep(placed, offThisProcessorDuring: $0) }
        work(through: job, thread: 0)
        isOpen.store(false, ordering: .sequentiallyConsistent)
        var looks = 0
        while working.load(ordering: .sequentiallyConsistent) > 0 {
            looks += 1
            // A long wait, say for a whole network to load, should not keep a core from threads that have work.
            if looks > Self.spins { sched_yield() }
        }
    }

    /// Ends the threads, and waits until they have; each releases the crew when it leaves.
    func dismiss() {
        guard isOfThisProcess else { return }
        isDismissed.store(true, ordering: .sequentiallyConsistent)
        announce { $0() }
        threads.forEach(CrewThread.end)
    }

    /// - Parameter place: calls the function it is given, which wakes the threads that sleep.
    private func announce(_ place: (() -> Void) -> Void) {
        generation.add(1, ordering: .sequentiallyConsistent)
        guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
        // Whoever has counted itself a sleeper is waiting once the lock is free. Broadcast without it: a thread that
        // wakes would only have to sleep again until it is released.
        pthread_mutex_lock(lock)
        pthread_mutex_unlock(lock)
        place { pthread_cond_broadcast(wake) }
    }

    private func work(through job: Job, thread: Int) {
        // The caller, thread 0, finishes what is left; each further caller takes the place of one of the crew.
        while thread == 0 || thread + callers.load(ordering: .relaxed) <= size + 1,
            let index = shares.next(for: thread)
        {
            job.function(job.context, index, thread)
        }
    }

    private func serve(as thread: Int) {
        var seen: UInt32 = 0
        while true {
            seen = awaitAnnouncement(after: seen)
            if isDismissed.load(ordering: .sequentiallyConsistent) { return }
            working.add(1, ordering: .sequentiallyConsistent)
            if isOpen.load(ordering: .sequentiallyConsistent), let job {
                CurrentPool.ofThisThread = job.pool.takeUnretainedValue()
                work(through: job, thread: thread)
                CurrentPool.ofThisThread = nil
            }
            working.subtract(1, ordering: .sequentiallyConsistent)
        }
    }

    private func awaitAnnouncement(after seen: UInt32) -> UInt32 {
        for _ in 0..<Self.spins {
            let current = generation.load(ordering: .acquiring)
            if current != seen { return current }
        }
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        sleepers.add(1, ordering: .sequentiallyConsistent)
        defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
        while true {
            let current = generation.load(ordering: .sequentiallyConsistent)
            if current != seen { return current }
            pthread_cond_wait(wake, lock)
        }
    }
}

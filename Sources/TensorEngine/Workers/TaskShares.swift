import Synchronization

/// The indices of a job, a run of consecutive ones for each thread; a thread that has finished its own takes from the others.
///
/// As far as timing allows, an index is done by the thread that did it in the job before: data that one layer leaves in
/// a core's cache is then what that core needs for the layer behind it. Fetching it from another core takes several times as
/// long, and far longer where cores do not share a cache.
struct TaskShares: ~Copyable {
    /// The next index of a share and where the share ends, on cache lines of their own.
    private struct Share: ~Copyable {
        let next = Atomic<Int>(0)
        let end = Atomic<Int>(0)
        private let padding: (SIMD8<UInt64>, SIMD8<UInt64>) = (.zero, .zero)
    }

    private let threads: Int
    private nonisolated(unsafe) let shares: UnsafeMutablePointer<Share>

    init(threads: Int) {
        self.threads = threads
        shares = .allocate(capacity: threads)
        for thread in 0..<threads { (shares + thread).initialize(to: Share()) }
    }

    deinit {
        shares.deinitialize(count: threads)
        shares.deallocate()
    }

    /// Begins a job of `count` indices. No thread may be taking any at that moment.
    func divide(_ count: Int) {
        for thread in 0..<threads {
            let share = WorkerPool.share(of: count, thread: thread, threads: threads)
            shares[thread].next.store(share.lowerBound, ordering: .relaxed)
            shares[thread].end.store(share.upperBound, ordering: .relaxed)
        }
    }

    /// An index that nobody else has taken, of the thread's own share as long as there are any; nil when all are taken.
    func next(for thread: Int) -> Int? {
        for distance in 0..<threads {
            let owner = (thread + distance) % threads
            let end = shares[owner].end.load(ordering: .relaxed)
            // Checked first, so that the counter of a used-up share does not keep growing.
            guard shares[owner].next.load(ordering: .relaxed) < end else { continue }
            let index = shares[owner].next.add(1, ordering: .relaxed).oldValue
            if index < end { return index }
        }
        return nil
    }
}

import Synchronization

/// A fixed set of threads that share the work of one caller at a time.
///
/// The caller works too, so a pool of n threads starts n − 1. A caller that finds the pool busy with somebody else's work
/// does its own alone, and as many of the pool's threads step back as callers are active, once each has finished the piece
/// it has in hand: with several detectors or requests at once, no more threads work than the pool has, unless there are
/// more callers than that. Workers spin for about a hundred microseconds after a piece of work, since the next layer follows
/// at once, and then sleep until they are woken: an idle pool costs nothing.
public final class WorkerPool: Sendable {
    /// The pool that detectors use unless told otherwise: one thread for each processor the process may run on.
    public static let shared = WorkerPool(threads: Processors.available)

    /// The pool whose work the calling thread is doing, ``shared`` where it is doing none's: what a layer uses unless told
    /// otherwise.
    public static var current: WorkerPool { CurrentPool.ofThisThread ?? shared }

    /// How many threads work at once, the caller's included.
    public let threads: Int
    private let crew: WorkerCrew?
    private let isTaken = Atomic(false)

    /// - Precondition: `threads` is positive.
    public init(threads: Int) {
        precondition(threads > 0, "a pool of \(threads) threads cannot work")
        self.threads = threads
        crew = threads > 1 ? WorkerCrew(size: threads - 1) : nil
    }

    deinit { crew?.dismiss() }

    /// Calls `body` once for each index in `0..<count`, on any of the pool's threads, and returns when all are done.
    ///
    /// Each thread takes the indices of a share of its own in rising order, the same share of every job of equal size, and
    /// then what is left of the others'; `body` must not depend on which thread runs it.
    public func run(_ count: Int, _ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { run(count, context: UnsafeRawPointer($0), callClosure) }
        }
    }

    /// As ``run(_:_:)`` without a closure, and so without the allocation that handing one to other threads costs.
    package func run(_ count: Int, context: UnsafeRawPointer, _ function: @escaping WorkerCrew.Function) {
        let outer = CurrentPool.ofThisThread
        CurrentPool.ofThisThread = self
        defer { CurrentPool.ofThisThread = outer }
        // A thread that is already working for the pool is no further caller.
        guard let crew, count > 1, outer !== self else { return Self.runAlone(count, context, function) }
        crew.callerArrives()
        defer { crew.callerLeaves() }
        guard claim() else { return Self.runAlone(count, context, function) }
        defer { isTaken.store(false, ordering: .releasing) }
        crew.share(count, for: self, context, function)
    }

    /// The indices of a job that a thread begins with; each thread has as many, or one more: the first, which is never late.
    package static func share(of count: Int, thread: Int, threads: Int) -> Range<Int> {
        let bound = { (thread: Int) in (count * thread + threads - 1) / threads }
        return bound(thread)..<bound(thread + 1)
    }

    private static func runAlone(_ count: Int, _ context: UnsafeRawPointer, _ function: WorkerCrew.Function) {
        for index in 0..<max(count, 0) { function(context, index, 0) }
    }

    private func claim() -> Bool {
        isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    }
}

private func callClosure(_ context: UnsafeRawPointer, _ index: Int, _ thread: Int) {
    context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index)
}

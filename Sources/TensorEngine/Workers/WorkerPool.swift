import Synchronization

/// A fixed set of threads that share the work of one caller at a time.
///
/// The caller works too, so a pool of n threads starts n − 1. A caller that finds the pool busy with somebody else's
/// work does its own alone: with several detectors or requests at once, each core stays busy with one of them and no
/// more threads run than the pool has. Workers spin for some tens of microseconds after a piece of work, since
/// the next layer follows at once, and then sleep until they are woken: an idle pool costs nothing.
public final class WorkerPool: Sendable {
    /// The pool that layers use unless told otherwise: one thread for each processor the process may run on.
    public static let shared = WorkerPool(threads: Processors.available)

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
    /// Indices are handed out one at a time in rising order; `body` must not depend on which thread runs it.
    public func run(_ count: Int, _ body: (Int) -> Void) {
        guard count > 1, let crew, claim() else {
            for index in 0..<max(count, 0) { body(index) }
            return
        }
        defer { isTaken.store(false, ordering: .releasing) }
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { crew.share(count, UnsafeRawPointer($0), callClosure) }
        }
    }

    /// As ``run(_:_:)`` without a closure, and so without the allocation that handing one to other threads costs.
    package func run(_ count: Int, context: UnsafeRawPointer, _ function: @escaping WorkerCrew.Function) {
        guard count > 1, let crew, claim() else {
            for index in 0..<max(count, 0) { function(context, index, 0) }
            return
        }
        defer { isTaken.store(false, ordering: .releasing) }
        crew.share(count, context, function)
    }

    private func claim() -> Bool {
        isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    }
}

private func callClosure(_ context: UnsafeRawPointer, _ index: Int, _ thread: Int) {
    context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index)
}

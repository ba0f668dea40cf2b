package import TensorEngine

/// The forward passes of a planned network, for any number of callers at once.
///
/// Passes that nobody uses are kept for the next callers: those that all threads of a pool share, and smaller ones for whole
/// inputs of a batch, which one thread computes alone; of either as many as the pool has threads.
package final class PassPool: Sendable {
    package let plan: NetworkPlan
    private let workers: WorkerPool
    private let idle = LockedState(Idle())

    private struct Idle {
        var shared: [ForwardPass] = []
        var alone: [ForwardPass] = []

        mutating func keep(_ pass: ForwardPass, alone isAlone: Bool, atMost limit: Int) {
            if isAlone {
                if alone.count < limit { alone.append(pass) }
            } else if shared.count < limit {
                shared.append(pass)
            }
        }
    }

    /// - Parameter workers: as many threads as the network is planned for.
    package init(_ plan: NetworkPlan, workers: WorkerPool) {
        precondition(plan.threads == workers.threads, "planned for \(plan.threads) threads, not \(workers.threads)")
        self.plan = plan
        self.workers = workers
    }

    /// Calls `body` with a pass that is nobody else's for the time, and with who share its work.
    ///
    /// - Parameter alone: whether the calling thread does all of it.
    package func use<Result>(alone: Bool = false, _ body: (ForwardPass, WorkerPool?) -> Result) -> Result {
        let pass =
            idle.withLock { alone ? $0.alone.popLast() : $0.shared.popLast() }
            ?? ForwardPass(plan, threads: alone ? 1 : workers.threads)
        defer { idle.withLock { $0.keep(pass, alone: alone, atMost: workers.threads) } }
        return body(pass, alone ? nil : workers)
    }

    /// Calls `body` once for each of a batch's inputs, with a pass that is nobody else's for the time.
    ///
    /// Whole inputs a thread need no waiting for one another; what is left over is shared, one after the other.
    package func forEach(_ count: Int, _ body: (Int, ForwardPass, WorkerPool?) -> Void) {
        let alone = workers.threads > 1 && count > 1 ? count / workers.threads * workers.threads : 0
        workers.run(alone) { index in use(alone: true) { body(index, $0, $1) } }
        for index in alone..<count { use { body(index, $0, $1) } }
    }

    /// Runs `count` passes on whatever is in the memory of one, for those who time the steps or count allocations.
    package func repeatPass(
        _ count: Int, input: UnsafePointer<Float>? = nil, after report: (StepLabel) -> Void = { _ in }
    ) {
        use { pass, workers in for _ in 0..<count { pass.run(on: workers, input: input, after: report) } }
    }
}

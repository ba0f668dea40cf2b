package import TensorEngine

/// The work of one input at a time through a ``NetworkPlan``, in memory of its own: after it is made, nothing allocates but
/// layers that were not planned.
///
/// Not for two callers at once; ``PassPool`` keeps one for each.
package final class ForwardPass: @unchecked Sendable {
    private let plan: NetworkPlan
    private let base: UnsafeMutablePointer<Float>
    private let places: UnsafeMutablePointer<PassMemory.Place>

    /// - Parameter threads: who share the work of a pass; as many as the plan is for, or one alone.
    init(_ plan: NetworkPlan, threads: Int) {
        self.plan = plan
        let layout = plan.layout.places(threads: threads)
        let bytes = LargePages.allocate(byteCount: layout.count * MemoryLayout<Float>.stride)
        base = bytes.bindMemory(to: Float.self, capacity: layout.count)
        // Borders and rows of zeros stay as they are.
        base.initialize(repeating: 0, count: layout.count)
        places = .allocate(capacity: layout.places.count)
        places.initialize(from: layout.places, count: layout.places.count)
    }

    deinit {
        UnsafeMutableRawPointer(base).deallocate()
        places.deallocate()
    }

    /// The memory as the caller sees it before and after a run.
    package var memory: PassMemory { memory(of: 0, UnsafePointer(base)) }

    private func memory(of thread: Int, _ input: UnsafePointer<Float>) -> PassMemory {
        PassMemory(base: base, places: places, thread: thread, input: input)
    }

    /// Does all steps, one after the other.
    ///
    /// - Parameters:
    ///   - input: what the steps find as ``PassMemory/input``; nil for networks whose caller writes to the pass's memory.
    ///   - workers: who share the tasks; nil does all of them on the calling thread.
    ///   - report: called when all steps of a label are done.
    package func run(
        on workers: WorkerPool?, input: UnsafePointer<Float>? = nil, after report: (StepLabel) -> Void = { _ in }
    ) {
        plan.run(in: memory(of: 0, input ?? UnsafePointer(base)), on: workers, after: report)
    }
}

extension NetworkPlan {
    /// Does all steps, one after the other, in memory that is nobody else's for the time; as ``ForwardPass/run(on:input:after:)``.
    func run(in memory: PassMemory, on workers: WorkerPool?, after report: (StepLabel) -> Void = { _ in }) {
        for index in entries.indices {
            Self.share(entries[index].step, workers, memory)
            let label = entries[index].label
            if index + 1 == entries.count || entries[index + 1].label != label { report(label) }
        }
    }

    /// What the threads of a step have in common.
    private struct Job {
        let step: any PlanStep
        let memory: PassMemory
    }

    private static func share(_ step: any PlanStep, _ workers: WorkerPool?, _ memory: PassMemory) {
        guard let workers, step.taskCount > 1 else {
            for task in 0..<step.taskCount { step.run(task, in: memory) }
            return
        }
        let job = Job(step: step, memory: memory)
        withUnsafePointer(to: job) { job in
            workers.run(step.taskCount, context: UnsafeRawPointer(job)) { job, task, thread in
                let job = job.assumingMemoryBound(to: Job.self)
                job.pointee.step.run(task, in: job.pointee.memory.seen(by: thread))
            }
        }
    }
}

extension PassMemory {
    /// The same memory as another thread sees it.
    fileprivate func seen(by thread: Int) -> PassMemory {
        PassMemory(base: base, places: places, thread: thread, input: input)
    }
}

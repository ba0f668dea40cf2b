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
        let input = input ?? UnsafePointer(base)
        for index in plan.entries.indices {
            share(plan.entries[index].step, workers, input)
            let label = plan.entries[index].label
            if index + 1 == plan.entries.count || plan.entries[index + 1].label != label { report(label) }
        }
    }

    /// What the threads of a step have in common.
    private struct Job {
        let step: any PlanStep
        let memory: PassMemory
    }

    private func share(_ step: any PlanStep, _ workers: WorkerPool?, _ input: UnsafePointer<Float>) {
        guard let workers, step.taskCount > 1 else {
            for task in 0..<step.taskCount { step.run(task, in: memory(of: 0, input)) }
            return
        }
        let job = Job(step: step, memory: memory(of: 0, input))
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

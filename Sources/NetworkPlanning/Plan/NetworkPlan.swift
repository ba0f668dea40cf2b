package import TensorEngine

/// Something that a forward pass does before it does the next thing, cut into tasks that threads share.
///
/// A step knows its kernels, its buffers and its place in the network; nothing of it changes once the network is planned.
package protocol PlanStep: Sendable {
    var taskCount: Int { get }

    /// Does one of the tasks; no two of them write to the same place.
    func run(_ task: Int, in memory: PassMemory)
}

/// Of which layer a step is, and what part of it, for those who time steps or look at what lies between them.
package struct StepLabel: Hashable, Sendable {
    /// The layer's place in the list that was planned; the last one's where several are done at once.
    package let layer: Int
    package let part: String

    package init(_ layer: Int, _ part: String) { (self.layer, self.part) = (layer, part) }
}

/// A network planned for one size of input and a number of threads: weights packed, kernels compiled, buffers laid out.
///
/// It is a list of steps and no more. What changes from input to input is in a ``ForwardPass``.
package struct NetworkPlan: Sendable {
    struct Entry: Sendable {
        let label: StepLabel
        let step: any PlanStep
    }

    let entries: [Entry]
    let layout: PassLayout
    let threads: Int
    package let path: KernelPath

    /// The steps in order, for tests.
    package var steps: [any PlanStep] { entries.map(\.step) }
    /// What part of its layer each step is, for tests.
    package var parts: [String] { entries.map(\.label.part) }

    /// The label of the last step of a layer.
    func lastLabel(of layer: Int) -> StepLabel? { entries.last { $0.label.layer == layer }?.label }
}

/// Collects the steps of a network and the buffers that they need.
package struct PlanBuilder {
    package let backend: any KernelBackend
    package let path: KernelPath
    /// Who share the work of a pass.
    package let threads: Int
    package var layout = PassLayout()
    private var entries: [NetworkPlan.Entry] = []

    package init(_ backend: any KernelBackend, path: KernelPath, threads: Int) {
        self.backend = backend
        self.path = path
        self.threads = threads
    }

    package mutating func add(_ step: some PlanStep, _ label: StepLabel) {
        entries.append(NetworkPlan.Entry(label: label, step: step))
    }

    package func finish() -> NetworkPlan {
        NetworkPlan(entries: entries, layout: layout, threads: threads, path: path)
    }
}

import X86Kernels
import TensorEngine

/// The work of one picture at a time through a ``NetworkPlan``, in memory of its own: after it is made, nothing allocates.
///
/// Not for two callers at once; ``PlannedNetwork`` keeps one for each.
final class ForwardPass: @unchecked Sendable {
    let plan: NetworkPlan
    let buffers: PassBuffers
    private let base: UnsafeMutablePointer<Float>
    /// One table of input rows a thread, for the depthwise convolutions.
    private let rowTables: UnsafeMutablePointer<UnsafePointer<Float>>
    private let rowTableCount: Int
    /// Who shares the work of the current picture; nil computes everything on the caller.
    private var workers: WorkerPool?
    /// The picture that is being taken over.
    private var picture: UnsafePointer<Float>?
    /// The block that tasks currently belong to.
    private(set) var block = 0

    init(_ plan: NetworkPlan, threads: Int) {
        self.plan = plan
        buffers = PassBuffers(plan, threads: threads)
        let bytes = LargePages.allocate(byteCount: buffers.arena.count * MemoryLayout<Float>.stride)
        base = bytes.bindMemory(to: Float.self, capacity: buffers.arena.count)
        // The borders and the row of zeros stay as they are.
        base.initialize(repeating: 0, count: buffers.arena.count)
        rowTableCount =
            plan.blocks.map { block in
                let rows = block.depthwise.geometry.rows
                return (rows.output - 1) * rows.stride + rows.kernel
            }.max() ?? 0
        rowTables = .allocate(capacity: threads * rowTableCount)
        rowTables.initialize(repeating: UnsafePointer(base), count: threads * rowTableCount)
    }

    deinit {
        UnsafeMutableRawPointer(base).deallocate()
        rowTables.deallocate()
    }

    func rowTable(of thread: Int) -> UnsafeMutablePointer<UnsafePointer<Float>> { rowTables + thread * rowTableCount }

    func address(_ buffer: Arena.Buffer) -> UnsafeMutablePointer<Float> { Arena.address(of: buffer, in: base) }

    /// The logits after ``run(on:)``, one a class.
    var logits: UnsafeMutablePointer<Float> { address(buffers.logits) }

    /// Where the current block's input lies: the two maps change places after every block but those with a residual,
    /// which add to their input where it is.
    private(set) var currentMap = 0

    var map: UnsafeMutablePointer<Float> { address(currentMap == 0 ? buffers.maps.0 : buffers.maps.1) }
    var otherMap: UnsafeMutablePointer<Float> { address(currentMap == 0 ? buffers.maps.1 : buffers.maps.0) }

    /// Takes over the picture that ``run(on:after:)`` will compute the logits of: `[H, W, 3]` of the planned size.
    ///
    /// The threads share even this: it wakes them before the first layer needs them.
    func take(_ picture: UnsafePointer<Float>, on workers: WorkerPool?) {
        self.workers = workers
        self.picture = picture
        share(.picture, Self.pictureStrips)
        self.picture = nil
    }

    private static let pictureStrips = 8

    /// Computes the logits of the picture, and says when each step is done.
    func run(on workers: WorkerPool?, after report: (PassStep) -> Void = { _ in }) {
        self.workers = workers
        currentMap = 0
        for index in plan.blocks.indices {
            block = index
            share(.expansion, plan.blocks[index].firstTasks)
            report(.expansion(block: index))
            computeGates(plan.blocks[index])
            report(.gates(block: index))
            let projection = plan.blocks[index].projection
            share(.projection, projection.parts.count * projection.runs.count)
            if projection.isSplit { share(.sums, projection.sumRuns.count) }
            if !plan.blocks[index].hasResidual { currentMap = 1 - currentMap }
            report(.projection(block: index))
        }
        share(.features, plan.last.slices.count)
        report(.features)
        share(.hidden, plan.hidden.slices.count)
        computeLogits()
        report(.head)
    }

    /// Squeeze-and-excitation up to the gates.
    private func computeGates(_ plan: BlockPlan) {
        computeMeans(plan)
        share(.squeeze, plan.reduce.slices.count)
        share(.gates, plan.gate.slices.count)
    }

    /// What tasks are being shared.
    private enum Phase { case picture, expansion, squeeze, gates, projection, sums, features, hidden }
    private var phase = Phase.expansion

    private func share(_ phase: Phase, _ count: Int) {
        self.phase = phase
        guard let workers else {
            for task in 0..<count { perform(task, thread: 0) }
            return
        }
        workers.run(count, context: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())) { pass, task, thread in
            Unmanaged<ForwardPass>.fromOpaque(pass).takeUnretainedValue().perform(task, thread: thread)
        }
    }

    private func perform(_ task: Int, thread: Int) {
        switch phase {
        case .picture: if let picture { copyRows(of: picture, strip: task, of: Self.pictureStrips) }
        case .expansion: expandAndConvolve(plan.blocks[block], task: task, thread: thread)
        case .squeeze: squeeze(plan.blocks[block], slice: task)
        case .gates: excite(plan.blocks[block], slice: task)
        case .projection: project(plan.blocks[block], task: task, thread: thread)
        case .sums: addParts(plan.blocks[block], pixels: plan.blocks[block].projection.sumRuns[task])
        case .features: computeFeatures(slice: task)
        case .hidden: computeHidden(slice: task)
        }
    }
}

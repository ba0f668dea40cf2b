import X86Kernels
import TensorEngine

/// The work of one picture at a time through a ``MeshPlan``, in memory of its own: after it is made, nothing allocates.
///
/// Not for two callers at once; ``FaceMeshNetwork`` keeps one for each.
final class MeshPass: @unchecked Sendable {
    let plan: MeshPlan
    let buffers: MeshBuffers
    private let base: UnsafeMutablePointer<Float>
    /// One table of input rows a thread, for the depthwise convolutions.
    private let rowTables: UnsafeMutablePointer<UnsafePointer<Float>>
    private let rowTableCount: Int
    private var workers: WorkerPool?
    /// The block that tasks currently belong to.
    private var block = 0
    /// Where the current block's input lies: the two maps change places after every block.
    private var currentMap = 0

    init(_ plan: MeshPlan, threads: Int) {
        self.plan = plan
        buffers = MeshBuffers(plan, threads: threads)
        let bytes = LargePages.allocate(byteCount: buffers.arena.count * MemoryLayout<Float>.stride)
        base = bytes.bindMemory(to: Float.self, capacity: buffers.arena.count)
        // The picture's border, the row of zeros and the channels that pooling leaves out stay as they are.
        base.initialize(repeating: 0, count: buffers.arena.count)
        rowTableCount = plan.blocks.map(\.ringRows).max() ?? 0
        rowTables = .allocate(capacity: threads * rowTableCount)
        rowTables.initialize(repeating: UnsafePointer(base), count: threads * rowTableCount)
    }

    deinit {
        UnsafeMutableRawPointer(base).deallocate()
        rowTables.deallocate()
    }

    func address(_ buffer: Arena.Buffer) -> UnsafeMutablePointer<Float> { Arena.address(of: buffer, in: base) }

    var map: UnsafeMutablePointer<Float> { address(currentMap == 0 ? buffers.maps.0 : buffers.maps.1) }
    var otherMap: UnsafeMutablePointer<Float> { address(currentMap == 0 ? buffers.maps.1 : buffers.maps.0) }
    func rowTable(of thread: Int) -> UnsafeMutablePointer<UnsafePointer<Float>> { rowTables + thread * rowTableCount }

    /// Where row `row` of the picture is to be written, red, green and blue of each pixel in 0…1.
    func pictureRow(_ row: Int) -> UnsafeMutablePointer<Float> {
        let (rows, columns) = (plan.stemGeometry.rows, plan.stemGeometry.columns)
        return address(buffers.picture) + ((row + rows.before) * plan.paddedSide + columns.before) * 3
    }

    /// x, y and z of each point after ``run(on:)``.
    var points: UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: address(buffers.points), count: MeshLayers.pointCount * 3)
    }
    /// The logit after ``run(on:)``.
    var presence: Float { address(buffers.presence)[0] }

    /// Computes points and presence of the picture that was written to ``pictureRow(_:)``.
    func run(on workers: WorkerPool?) {
        self.workers = workers
        currentMap = 0
        share(.stem, plan.stemStrips.count)
        currentMap = 1
        for index in plan.blocks.indices {
            block = index
            share(.block, plan.blocks[index].strips.count)
            currentMap = 1 - currentMap
        }
        share(.points, plan.points.slices.count)
        runSingle(plan.presence, slice: 0, to: buffers.presence)
    }

    /// What tasks are being shared.
    private enum Phase { case stem, block, points }
    private var phase = Phase.stem

    private func share(_ phase: Phase, _ count: Int) {
        self.phase = phase
        guard let workers, count > 1 else {
            for task in 0..<count { perform(task, thread: 0) }
            return
        }
        workers.run(count, context: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())) { pass, task, thread in
            Unmanaged<MeshPass>.fromOpaque(pass).takeUnretainedValue().perform(task, thread: thread)
        }
    }

    private func perform(_ task: Int, thread: Int) {
        switch phase {
        case .stem: computeStem(plan.stemStrips[task], thread: thread)
        case .block: compute(plan.blocks[block], plan.blocks[block].strips[task], thread: thread)
        case .points: runSingle(plan.points, slice: task, to: buffers.points)
        }
    }

    private func computeStem(_ rows: Range<Int>, thread: Int) {
        let (output, pitch) = (plan.stemGeometry.output, plan.paddedSide * 3)
        for row in rows {
            plan.stem.run(
                plan.kernels, slice: 0, rows: output.width,
                input: address(buffers.picture) + row * plan.stemGeometry.stride * pitch,
                output: otherMap + row * output.width * plan.stem.columns, segmentStride: pitch,
                scratch: address(buffers.gathered[thread]))
        }
    }

    /// One slice of a layer whose input is the last map as one row.
    private func runSingle(_ layer: MatrixProduct, slice: Int, to output: Arena.Buffer) {
        let target = address(output) + layer.slices[slice].columns.lowerBound
        layer.run(plan.kernels, slice: slice, rows: 1, input: map, output: target, scratch: target)
    }
}

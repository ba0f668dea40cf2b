internal import TensorEngine

/// The first half of a bottleneck; a task is one strip of rows and one slice of channels.
struct ExpansionStep: PlanStep {
    let block: BottleneckPlan
    let input: FeatureMap
    /// What the stem reads, where the block has one.
    let picture: BorderedMap?
    let buffers: BottleneckBuffers
    /// Where the depthwise convolutions leave their outputs, one for each share of the work.
    let blocks: [PassLayout.Buffer]
    let mapPairs: PassLayout.Buffer
    let zeros: PassLayout.Buffer
    let gathered: PassLayout.Buffer
    let rowTable: PassLayout.Buffer

    var taskCount: Int { block.firstTasks }

    func run(_ task: Int, in memory: PassMemory) {
        let division = block.division
        let (strip, slice) = (task / division.slices.count, task % division.slices.count)
        let channels = division.slices[slice]
        let index = division.shareIndex(strip: strip, slice: slice)
        let share = division.shares[index]
        let sums = memory.address(buffers.sums) + strip * block.middle.channels + channels.lowerBound
        sums.update(repeating: 0, count: channels.count)
        let table = memory.rowTable(rowTable)
        for move in block.strips[strip] {
            let source = fillSlab(move, slice, memory)
            table.list(
                block.depthwise.geometry.rows, under: move.outputs, from: source.firstPixel,
                firstRow: source.firstRow, rowStride: source.rowStride, zeros: memory.address(zeros))
            let pixels = (move.outputs.lowerBound - share.rows.lowerBound) * block.output.size.width
            let place = pixels * share.channels.count + channels.lowerBound - share.channels.lowerBound
            block.depthwise.run(
                DepthwiseOperands(
                    slice: slice, outputRows: move.outputs, rows: table,
                    output: memory.address(blocks[index]) + place, sums: sums))
        }
    }

    /// Input rows for the depthwise windows of a move: a slab of computed rows, or the block's input itself.
    private struct Source {
        let firstPixel: UnsafePointer<Float>
        let firstRow: Int
        let rowStride: Int
    }

    private func fillSlab(_ move: SlabMove, _ slice: Int, _ memory: PassMemory) -> Source {
        let (channels, width) = (block.division.slices[slice], block.middle.size.width)
        guard let kernel = block.source else {
            return Source(
                firstPixel: input.address(in: memory) + channels.lowerBound, firstRow: 0, rowStride: input.rowStride)
        }
        let slab = memory.address(buffers.slab)
        let rowStride = width * channels.count
        if !move.kept.isEmpty && move.kept.lowerBound > 0 {
            slab.update(from: slab + move.kept.lowerBound * rowStride, count: move.kept.count * rowStride)
        }
        let target = slab + move.kept.count * rowStride
        if let picture, let stem = block.stem {
            for (index, row) in move.expanded.enumerated() {
                kernel.run(
                    MatrixOperands(
                        slice: slice, rows: width,
                        input: memory.address(picture.buffer) + row * stem.stride * picture.pitch,
                        output: target + index * rowStride, segmentStride: picture.pitch,
                        scratch: memory.address(gathered)))
            }
        } else if !move.expanded.isEmpty {
            let first = move.expanded.lowerBound * width
            var operands = MatrixOperands(
                slice: slice, rows: move.expanded.count * width,
                input: input.address(in: memory) + first * input.stride, output: target)
            operands.pairSums = UnsafePointer(memory.address(mapPairs) + first)
            kernel.run(operands)
        }
        return Source(firstPixel: UnsafePointer(slab), firstRow: move.firstRow, rowStride: rowStride)
    }
}

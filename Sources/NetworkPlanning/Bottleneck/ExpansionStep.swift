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

/// One move down a strip: some rows are expanded into the slab, then the depthwise rows whose windows they complete are computed.
///
/// The slab holds only what the next windows need, so that the widest map of a block never exists as a whole. Rows that these
/// windows share with the last ones are not expanded again: they are copied to the top of the slab.
struct SlabMove {
    /// Rows of the slab, as the move before left it, that are copied to its top.
    let kept: Range<Int>
    /// Input rows that are expanded, to lie below those.
    let expanded: Range<Int>
    /// The input row that the slab's first row holds.
    let firstRow: Int
    let outputs: Range<Int>

    /// The moves down a strip.
    ///
    /// - Parameter capacity: rows that the slab should hold at most; one window at least.
    static func moves(down strip: Range<Int>, _ axis: AxisGeometry, capacity: Int) -> [SlabMove] {
        let window = { (outputs: Range<Int>) in
            let first = max(outputs.lowerBound * axis.stride - axis.before, 0)
            return
                first..<max(min((outputs.upperBound - 1) * axis.stride - axis.before + axis.kernel, axis.input), first)
        }
        let group = max((capacity - axis.kernel) / axis.stride + 1, 1)
        var moves: [SlabMove] = []
        var filled = 0..<0
        for start in stride(from: strip.lowerBound, to: strip.upperBound, by: group) {
            let outputs = start..<min(start + group, strip.upperBound)
            let needed = window(outputs)
            let kept =
                max(needed.lowerBound, filled.lowerBound)..<max(filled.upperBound, needed.lowerBound, filled.lowerBound)
            let isContinued = !moves.isEmpty && kept.lowerBound == needed.lowerBound && !kept.isEmpty
            let begin = isContinued ? kept.upperBound : needed.lowerBound
            moves.append(
                SlabMove(
                    kept: isContinued
                        ? (kept.lowerBound - filled.lowerBound)..<(kept.upperBound - filled.lowerBound) : 0..<0,
                    expanded: begin..<max(needed.upperBound, begin), firstRow: needed.lowerBound, outputs: outputs))
            filled = needed.lowerBound..<max(needed.upperBound, begin)
        }
        return moves
    }

    /// Rows that the slab holds during the move.
    var rows: Int { kept.count + expanded.count }
}

import X86Kernels
import TensorEngine

extension ForwardPass {
    /// The first half of a block for one strip of rows and one slice of channels.
    func expandAndConvolve(_ plan: BlockPlan, task: Int, thread: Int) {
        let slices = plan.depthwise.slices
        let (strip, slice) = (task / slices.count, task % slices.count)
        let channels = slices[slice]
        let index = plan.division.shareIndex(strip: strip, slice: slice)
        let share = plan.division.shares[index]
        let sums = address(buffers.sums) + strip * plan.expandedChannels + channels.lowerBound
        sums.update(repeating: 0, count: channels.count)
        for step in plan.strips[strip] {
            let source = fillSlab(plan, step, slice: slice, thread: thread)
            let rows = listRows(plan.depthwise.geometry.rows, under: step.outputs, source, thread: thread)
            let pixels = (step.outputs.lowerBound - share.rows.lowerBound) * plan.output.width
            let place = pixels * share.channels.count + channels.lowerBound - share.channels.lowerBound
            plan.depthwise.run(
                self.plan.kernels, slice: slice, firstRow: step.outputs.lowerBound, rowCount: step.outputs.count,
                rows: rows, output: address(buffers.expanded[index]) + place, sums: sums)
        }
    }

    /// Input rows for the depthwise windows of a step: a slab of computed rows, or the block's input itself.
    private struct Source {
        let firstPixel: UnsafePointer<Float>
        let firstRow: Int
        let rowStride: Int
    }

    private func fillSlab(_ plan: BlockPlan, _ step: SlabStep, slice: Int, thread: Int) -> Source {
        let channels = plan.depthwise.slices[slice]
        let width = plan.input.width
        guard let product = plan.source.product else {
            return Source(
                firstPixel: UnsafePointer(map + channels.lowerBound), firstRow: 0, rowStride: width * plan.inputChannels
            )
        }
        let slab = address(buffers.slabs[thread])
        let rowStride = width * channels.count
        if !step.kept.isEmpty && step.kept.lowerBound > 0 {
            slab.update(from: slab + step.kept.lowerBound * rowStride, count: step.kept.count * rowStride)
        }
        let target = slab + step.kept.count * rowStride
        if plan.source.kind == .stem {
            for (index, row) in step.expanded.enumerated() {
                computeStem(product, row: row, slice: slice, into: target + index * rowStride, thread: thread)
            }
        } else if !step.expanded.isEmpty {
            product.run(
                self.plan.kernels, slice: slice, rows: step.expanded.count * width,
                input: map + step.expanded.lowerBound * width * plan.inputChannels, output: target,
                pairSums: address(buffers.mapPairs) + step.expanded.lowerBound * width, scratch: slab)
        }
        return Source(firstPixel: UnsafePointer(slab), firstRow: step.firstRow, rowStride: rowStride)
    }

    /// Where the input rows under some output rows lie; those beyond the border are rows of zeros.
    private func listRows(
        _ axis: AxisGeometry, under outputs: Range<Int>, _ source: Source, thread: Int
    ) -> UnsafePointer<UnsafePointer<Float>> {
        let table = rowTable(of: thread)
        let first = outputs.lowerBound * axis.stride - axis.before
        let zeros = UnsafePointer(address(buffers.zeros))
        for index in 0..<((outputs.count - 1) * axis.stride + axis.kernel) {
            let y = first + index
            table[index] =
                (0..<axis.input).contains(y) ? source.firstPixel + (y - source.firstRow) * source.rowStride : zeros
        }
        return UnsafePointer(table)
    }

    /// Each channel's mean over the picture, from the sums that the strips left.
    func computeMeans(_ plan: BlockPlan) {
        let channels = plan.expandedChannels
        let (means, sums) = (address(buffers.means), address(buffers.sums))
        let scale = 1 / Float(plan.output.area)
        for channel in stride(from: 0, to: channels, by: 8) {
            var sum = sums.loadVector(channel)
            for strip in 1..<max(plan.strips.count, 1) { sum += sums.loadVector(strip * channels + channel) }
            means.storeVector(sum * scale, channel)
        }
    }

    /// A slice of the squeezed channels.
    func squeeze(_ plan: BlockPlan, slice: Int) {
        runSingle(plan.reduce, slice: slice, from: buffers.means, to: buffers.squeezed)
    }
}

import TensorEngine

extension MeshPass {
    /// The output rows of a strip, from ``map`` to ``otherMap``.
    func compute(_ plan: MeshBlockPlan, _ strip: Range<Int>, thread: Int) {
        let width = plan.output.width
        let sums = address(buffers.sums[thread])
        sums.update(repeating: 0, count: plan.middleChannels)
        let middle = address(buffers.middles[thread])
        var next = max(strip.lowerBound - 1, 0)
        for first in stride(from: strip.lowerBound, to: strip.upperBound, by: plan.rowsAtATime) {
            let rows = first..<min(first + plan.rowsAtATime, strip.upperBound)
            let end = min(rows.upperBound + 1, plan.output.height)
            narrow(plan, next..<end, thread: thread)
            next = end
            plan.depthwise.run(
                self.plan.kernels, slice: 0, firstRow: first, rowCount: rows.count,
                rows: listRows(plan, under: rows, thread: thread), output: middle, sums: sums)
            let place = first * width * plan.outputChannels
            plan.widen.run(
                self.plan.kernels, slice: 0, rows: rows.count * width, input: middle, output: otherMap + place,
                residual: plan.halves ? pooled(plan, rows, thread: thread) : UnsafePointer(map + place),
                scratch: middle)
        }
    }

    /// Narrow rows into the ring, where row r lies at place r mod ``MeshBlockPlan/ringRows``.
    private func narrow(_ plan: MeshBlockPlan, _ rows: Range<Int>, thread: Int) {
        let ring = address(buffers.rings[thread])
        let (width, channels) = (plan.output.width, plan.middleChannels)
        let inputRow = plan.input.width * plan.inputChannels
        var row = rows.lowerBound
        while row < rows.upperBound {
            let place = row % plan.ringRows
            let count = plan.halves ? 1 : min(rows.upperBound - row, plan.ringRows - place)
            plan.narrow.run(
                self.plan.kernels, slice: 0, rows: count * width,
                input: map + row * plan.input.height / plan.output.height * inputRow,
                output: ring + place * width * channels, segmentStride: inputRow,
                scratch: address(buffers.gathered[thread]))
            row += count
        }
    }

    /// The narrow rows under some output rows; those beyond the border are rows of zeros.
    private func listRows(
        _ plan: MeshBlockPlan, under rows: Range<Int>, thread: Int
    ) -> UnsafePointer<UnsafePointer<Float>> {
        let table = rowTable(of: thread)
        let ring = UnsafePointer(address(buffers.rings[thread]))
        let zeros = UnsafePointer(address(buffers.zeros))
        for index in 0..<(rows.count + 2) {
            let row = rows.lowerBound + index - 1
            table[index] =
                (0..<plan.output.height).contains(row)
                ? ring + row % plan.ringRows * plan.output.width * plan.middleChannels : zeros
        }
        return UnsafePointer(table)
    }

    /// The largest value of every 2×2 pixels of the input, for some output rows; channels that the input has not stay zero.
    private func pooled(_ plan: MeshBlockPlan, _ rows: Range<Int>, thread: Int) -> UnsafePointer<Float> {
        let (inputs, outputs) = (plan.inputChannels, plan.outputChannels)
        let inputRow = plan.input.width * inputs
        let target = address(buffers.pooled[thread])
        for (index, row) in rows.enumerated() {
            for column in 0..<plan.output.width {
                let upper = map + 2 * row * inputRow + 2 * column * inputs
                let lower = upper + inputRow
                let pixel = target + (index * plan.output.width + column) * outputs
                for channel in stride(from: 0, to: inputs, by: 8) {
                    pixel.storeVector(
                        upper.loadVector(channel).larger(upper.loadVector(inputs + channel)).larger(
                            lower.loadVector(channel).larger(lower.loadVector(inputs + channel))), channel)
                }
                for channel in stride(from: inputs, to: outputs, by: 8) { pixel.storeVector(.zero, channel) }
            }
        }
        return UnsafePointer(target)
    }
}

extension SIMD8<Float> {
    /// The larger of each pair of lanes.
    @inline(__always)
    fileprivate func larger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
}

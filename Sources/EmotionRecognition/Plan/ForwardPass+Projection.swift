import X86Kernels
import TensorEngine

extension ForwardPass {
    /// A slice of the gates, which may go into the weights of the projection.
    func excite(_ plan: BlockPlan, slice: Int) {
        runSingle(plan.gate, slice: slice, from: buffers.squeezed, to: buffers.gates)
        guard plan.projection.gatesWeights else { return }
        let index = plan.projection.isSplit ? slice : 0
        let (part, scaledRows) = (plan.projection.parts[index], plan.projection.isSplit ? 0 : slice)
        part.product.scaleWeights(
            self.plan.kernels, part: scaledRows, by: address(buffers.gates) + part.channels.lowerBound,
            into: address(buffers.gatedWeights[index]),
            pairs: address(buffers.gatedPairs[index]) + scaledRows * part.product.columns)
    }

    /// The second half of a block for a run of pixels and a part of the channels.
    func project(_ plan: BlockPlan, task: Int, thread: Int) {
        let projection = plan.projection
        let (index, run) = (task / projection.runs.count, projection.runs[task % projection.runs.count])
        let product = projection.parts[index].product
        let (pixels, shareIndex) = (run.pixels, projection.isSplit ? index : run.share)
        let share = plan.division.shares[shareIndex]
        let depth = share.channels.count
        let firstPixel = share.rows.lowerBound * plan.output.width
        let input = address(buffers.expanded[shareIndex]) + (pixels.lowerBound - firstPixel) * depth
        if !projection.gatesWeights {
            apply(address(buffers.gates) + share.channels.lowerBound, to: input, pixels: pixels.count, depth)
        }
        let output =
            (index == 0 ? target(of: plan) : address(buffers.partialSums[index - 1]))
            + pixels.lowerBound * plan.outputChannels
        let (sums, parameters) = (address(buffers.rowPairs[thread]), address(buffers.gatedParameters[thread]))
        product.sumPairs(self.plan.kernels, rows: pixels.count, input: input, into: sums)
        let gatesPairs = projection.gatesWeights && product.isPaired
        if gatesPairs {
            product.gatedParameters(
                address(buffers.gatedPairs[index]), count: product.scaledRows.count, into: parameters)
        }
        product.run(
            self.plan.kernels, slice: 0, rows: pixels.count, input: input, output: output,
            residual: product.form.addsResidual ? UnsafePointer(output) : nil, pairSums: UnsafePointer(sums),
            weights: projection.gatesWeights ? UnsafePointer(address(buffers.gatedWeights[index])) : nil,
            parameters: gatesPairs ? UnsafePointer(parameters) : nil, scratch: output)
        if !projection.isSplit { sumPairsOfMap(output, pixels) }
    }

    /// Adds the sums of a projection's other parts to the first one's, for a run of pixels.
    func addParts(_ plan: BlockPlan, pixels: Range<Int>) {
        let columns = plan.outputChannels
        let output = target(of: plan)
        for part in buffers.partialSums.prefix(plan.projection.parts.count - 1) {
            let sums = address(part)
            for place in stride(from: pixels.lowerBound * columns, to: pixels.upperBound * columns, by: 8) {
                output.storeVector(output.loadVector(place) + sums.loadVector(place), place)
            }
        }
        sumPairsOfMap(output + pixels.lowerBound * columns, pixels)
    }

    private func target(of plan: BlockPlan) -> UnsafeMutablePointer<Float> { plan.hasResidual ? map : otherMap }

    private func apply(
        _ gates: UnsafeMutablePointer<Float>, to values: UnsafeMutablePointer<Float>, pixels: Int, _ depth: Int
    ) {
        for pixel in 0..<pixels {
            let values = values + pixel * depth
            for channel in stride(from: 0, to: depth, by: 8) {
                values.storeVector(values.loadVector(channel) * gates.loadVector(channel), channel)
            }
        }
    }

    /// The sums over pairs that whoever reads the block's output as rows of a product will take off.
    private func sumPairsOfMap(_ rows: UnsafeMutablePointer<Float>, _ pixels: Range<Int>) {
        let reader = block + 1 < plan.blocks.count ? plan.blocks[block + 1].source.product : plan.last
        reader?.sumPairs(
            plan.kernels, rows: pixels.count, input: rows, into: address(buffers.mapPairs) + pixels.lowerBound)
    }
}

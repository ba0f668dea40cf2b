internal import TensorEngine

/// Each channel's mean over the picture, from the sums that the strips left.
struct SqueezeMeansStep: PlanStep {
    let block: BottleneckPlan
    let buffers: BottleneckBuffers
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        let channels = block.middle.channels
        let (means, sums) = (memory.address(buffers.means), memory.address(buffers.sums))
        let scale = 1 / Float(block.output.size.area)
        for channel in stride(from: 0, to: channels, by: 8) {
            var sum = sums.loadVector(channel)
            for strip in 1..<max(block.strips.count, 1) { sum += sums.loadVector(strip * channels + channel) }
            means.storeVector(sum * scale, channel)
        }
    }
}

/// The gates of a slice of channels, which may go into the weights of the projection.
struct GateStep: PlanStep {
    let block: BottleneckPlan
    let buffers: BottleneckBuffers

    var taskCount: Int { block.projection.gateSlices.count }

    func run(_ slice: Int, in memory: PassMemory) {
        let (projection, gates) = (block.projection, memory.address(buffers.gates))
        block.gate.run(
            MatrixOperands(
                slice: slice, rows: 1, input: memory.address(buffers.squeezed),
                output: gates + projection.gateSlices[slice].lowerBound))
        guard projection.gatesWeights else { return }
        let (index, scaledRows) = projection.isSplit ? (slice, 0) : (0, slice)
        let part = projection.parts[index]
        part.kernel.scaleWeights(
            scaledRows, by: gates + part.channels.lowerBound, into: memory.address(buffers.gatedWeights[index]),
            pairSums: memory.address(buffers.gatedPairs[index]) + scaledRows * projection.columns)
    }
}

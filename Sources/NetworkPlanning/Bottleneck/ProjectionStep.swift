internal import TensorEngine

/// The second half of a bottleneck; a task is a run of pixels and a part of the channels.
struct ProjectionStep: PlanStep {
    let block: BottleneckPlan
    /// Of a block with a residual its input as well.
    let output: PassLayout.Buffer
    let buffers: BottleneckBuffers
    /// What the first half left, a block for each share of it.
    let blocks: [PassLayout.Buffer]
    let pairs: PairSumming

    var taskCount: Int { block.projection.parts.count * block.projection.runs.count }

    func run(_ task: Int, in memory: PassMemory) {
        let projection = block.projection
        let (index, run) = (task / projection.runs.count, projection.runs[task % projection.runs.count])
        let kernel = projection.parts[index].kernel
        let shareIndex = projection.isSplit ? index : run.share
        let share = block.division.shares[shareIndex]
        let depth = share.channels.count
        let firstPixel = share.rows.lowerBound * block.output.size.width
        let input = memory.address(blocks[shareIndex]) + (run.pixels.lowerBound - firstPixel) * depth
        if !projection.gatesWeights {
            input.multiply(
                by: memory.address(buffers.gates) + share.channels.lowerBound, rows: run.pixels.count, depth)
        }
        let output =
            memory.address(index == 0 ? output : buffers.partialSums[index - 1])
            + run.pixels.lowerBound * projection.columns
        var operands = MatrixOperands(rows: run.pixels.count, input: input, output: output)
        if projection.addsResidual(index) { operands.residual = UnsafePointer(output) }
        if projection.gatesWeights {
            operands.scaledWeights = UnsafePointer(memory.address(buffers.gatedWeights[index]))
        }
        if kernel.isPaired {
            let sums = memory.address(buffers.rowPairs)
            kernel.sumPairs(rows: run.pixels.count, input: input, into: sums)
            operands.pairSums = UnsafePointer(sums)
            if projection.gatesWeights {
                let parameters = memory.address(buffers.gatedParameters)
                kernel.writeScaledParameters(
                    memory.address(buffers.gatedPairs[index]), count: projection.scaledCount, into: parameters)
                operands.scaledParameters = UnsafePointer(parameters)
            }
        }
        kernel.run(operands)
        if !projection.isSplit { pairs.sum(output, run.pixels, in: memory) }
    }
}

/// Adds the sums of a projection's other parts to the first one's; a task is a run of pixels.
struct PartsStep: PlanStep {
    let block: BottleneckPlan
    let output: PassLayout.Buffer
    let buffers: BottleneckBuffers
    let pairs: PairSumming

    var taskCount: Int { block.projection.sumRuns.count }

    func run(_ task: Int, in memory: PassMemory) {
        let (pixels, columns) = (block.projection.sumRuns[task], block.projection.columns)
        let output = memory.address(output)
        for part in 1..<block.projection.parts.count {
            let sums = memory.address(buffers.partialSums[part - 1])
            for place in stride(from: pixels.lowerBound * columns, to: pixels.upperBound * columns, by: 8) {
                output.storeVector(output.loadVector(place) + sums.loadVector(place), place)
            }
        }
        pairs.sum(output + pixels.lowerBound * columns, pixels, in: memory)
    }
}

/// The pair sums that the next product, which reads the map as its rows, will subtract.
struct PairSumming: Sendable {
    let reader: (any MatrixKernel)?
    /// One for each pixel of the map.
    let sums: PassLayout.Buffer

    init(reader: (any MatrixKernel)?, sums: PassLayout.Buffer) {
        // Products that are not paired need no sums.
        self.reader = reader.flatMap { $0.isPaired ? $0 : nil }
        self.sums = sums
    }

    func sum(_ rows: UnsafeMutablePointer<Float>, _ pixels: Range<Int>, in memory: PassMemory) {
        reader?.sumPairs(rows: pixels.count, input: rows, into: memory.address(sums) + pixels.lowerBound)
    }
}

extension UnsafeMutablePointer<Float> {
    /// Multiplies each of some dense rows by the gates of its channels.
    fileprivate func multiply(by gates: UnsafeMutablePointer<Float>, rows: Int, _ channels: Int) {
        for row in 0..<rows {
            let values = self + row * channels
            for channel in Swift.stride(from: 0, to: channels, by: 8) {
                values.storeVector(values.loadVector(channel) * gates.loadVector(channel), channel)
            }
        }
    }
}

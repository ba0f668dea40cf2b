internal import NeuralLayers
internal import TensorEngine

/// The second half of a bottleneck: the product of each pixel's gated channels with the projection's weights, cut into tasks.
///
/// Usually a task is a run of pixels. Where two threads have computed one half of the channels each (``WorkDivision/shares``),
/// each also multiplies its own half, which lies in its core's cache, and a last step adds the two sums of each output: then
/// there are two parts, and a task is a run of pixels of one part.
struct Projection: Sendable {
    /// Some channels of the depth.
    struct Part: Sendable {
        let channels: Range<Int>
        let kernel: any MatrixKernel
    }

    struct Run: Sendable {
        let pixels: Range<Int>
        /// Which share of the first half holds these pixels; where there are parts, each reads its own share instead.
        let share: Int
    }

    let parts: [Part]
    /// The same for every part.
    let runs: [Run]
    /// The tasks of the step that adds up the parts: runs of pixels. None where there is one part.
    let sumRuns: [Range<Int>]
    /// Whether the weights are multiplied by the gates; else the activations are. Whichever are fewer.
    let gatesWeights: Bool
    /// How the gates are cut into tasks: each computes those of its channels, and scales their weights.
    let gateSlices: [Range<Int>]

    /// Output channels.
    let columns: Int
    /// Runs of channels that are scaled by the gates, of each part.
    let scaledCount: Int
    private let hasResidual: Bool

    var isSplit: Bool { parts.count > 1 }

    /// Whether a part adds the block's input: the first does.
    func addsResidual(_ part: Int) -> Bool { hasResidual && part == 0 }

    /// Where every run packs the weights anew, it should have so many pixels for each output channel: packing the weights is then
    /// a fifth of all packing.
    private static let pixelsWorthPacking = 4

    /// The fewest runs of a part: what a thread on a busy core has not begun, another can do.
    private static let partRuns = 2

    /// - Parameters:
    ///   - output: the size of the block's output.
    ///   - gateWork: how many weights the gates read, those of the projection not counted.
    init(
        _ layer: Conv2D, output: Size, division: WorkDivision, hasResidual: Bool, gateWork: Int,
        at place: PlanningPlace
    ) {
        let (threads, backend) = (place.threads, place.backend)
        let (outputs, width, shares) = (layer.outputChannels, layer.inputChannels, division.shares)
        let isSplit = division.splitsChannels
        let gatesWeights = 2 * outputs < output.area
        self.gatesWeights = gatesWeights
        let packs = backend.packsWeightsEachRun
        let leastPixels = packs ? Self.pixelsWorthPacking * outputs : 1
        // As many runs of each strip that all together are a multiple of the threads.
        let strip = threads % shares.count == 0 ? threads / shares.count : threads
        runs = (isSplit ? shares.prefix(1) : shares[...]).enumerated().flatMap { index, share in
            let first = share.rows.lowerBound * output.width
            return WorkDivision.runs(
                of: share.rows.count * output.width, depth: shares[0].channels.count,
                threads: isSplit ? Self.partRuns : strip, leastPixels: leastPixels
            ).map { Run(pixels: (first + $0.lowerBound)..<(first + $0.upperBound), share: index) }
        }
        let work = gateWork + (gatesWeights ? width * outputs : 0)
        let gateSlices =
            isSplit
            ? shares.map(\.channels)
            : WorkDivision.ranges(of: width, work >= WorkDivision.sharedWeights ? threads : 1)
        self.gateSlices = gateSlices
        sumRuns = isSplit ? WorkDivision.runs(of: output.area, threads) : []
        let rowCounts = Set(runs.map(\.pixels.count))
        let scaledRows = isSplit ? nil : gateSlices
        parts = (isSplit ? shares.map(\.channels) : [0..<width]).map { channels in
            var form = MatrixForm(segmentLength: channels.count, inputStride: channels.count)
            form.addsResidual = hasResidual && channels.lowerBound == 0
            form.providesPairSums = true
            var product = MatrixProduct(
                form, weight: isSplit ? layer.matrix.rows(channels) : layer.matrix,
                bias: channels.lowerBound == 0 ? layer.bias : Tensor(zeros: [outputs]),
                slices: [MatrixSlice(0..<outputs, outputStride: outputs)], rows: .exactly(rowCounts))
            product.scaledRows = gatesWeights ? scaledRows ?? [0..<channels.count] : []
            return Part(channels: channels, kernel: backend.kernel(for: product))
        }
        columns = outputs
        scaledCount = parts[0].kernel.scaledRows.count
        self.hasResidual = hasResidual
    }
}

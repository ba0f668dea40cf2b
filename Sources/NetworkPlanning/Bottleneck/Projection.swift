internal import NeuralLayers
internal import TensorEngine

/// The second half of a block, planned: a product of the gated channels of all pixels, cut into runs of pixels.
///
/// Where two threads share the first half by channels, the product is cut along its depth as well, into a part for each:
/// what it reads then lies in the cache of the core that computed it, as do its weights, and only sums have to be exchanged.
struct Projection: Sendable {
    /// Some channels of the depth.
    struct Part: Sendable {
        let channels: Range<Int>
        let kernel: any MatrixKernel
    }

    struct Run: Sendable {
        let pixels: Range<Int>
        /// Where the pixels lie, among ``WorkDivision/shares``; of several parts each reads its own share.
        let share: Int
    }

    let parts: [Part]
    /// Runs of output pixels, of each part the same.
    let runs: [Run]
    /// Runs of pixels whose parts' sums are added up at a time; none where there is one part.
    let sumRuns: [Range<Int>]
    /// Whether the gates go to the weights; else to the activations.
    let gatesWeights: Bool
    /// How the gates are cut into tasks: where they go to weights, each scales those of its own channels.
    let gateSlices: [Range<Int>]

    /// Output channels.
    let columns: Int
    /// Runs of channels that are scaled by the gates, of each part.
    let scaledCount: Int
    private let hasResidual: Bool

    var isSplit: Bool { parts.count > 1 }

    /// Whether a part adds the block's input: the first does.
    func addsResidual(_ part: Int) -> Bool { hasResidual && part == 0 }

    /// Pixels a run should have for each output channel where its product packs the weights anew: a fifth of the packing is
    /// then the weights'.
    private static let pixelsWorthPacking = 4

    /// Runs of each part at least: those that a thread on a busy core has not begun can be done by another.
    private static let partRuns = 2

    /// - Parameters:
    ///   - output: the size of the block's output.
    ///   - gateWork: weights to read for the gates, but those of the projection.
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

internal import NeuralLayers
internal import TensorEngine

/// An inverted bottleneck, planned for one input size and a number of threads.
///
/// First half, cut into strips and slices: expansion, or the convolution before the block, into a slab, depthwise convolution
/// out of it, sums for the squeeze. Then the gates, and the second half, cut into runs of pixels and perhaps parts of the
/// depth: projection, with the gates applied to its weights or to its activations, whichever are fewer.
final class BottleneckPlan: LayerPlan, Sendable {
    let input: FeatureMap
    /// Size and channels between the two halves.
    let middle: MapShape
    let output: MapShape
    /// The convolution before the block, where it is done together with it.
    let stem: ConvolutionGeometry?
    /// What computes the rows that the depthwise convolution reads: expansion or ``stem``; nil where it reads the input.
    let source: (any MatrixKernel)?
    let depthwise: any DepthwiseKernel
    let reduce: any MatrixKernel
    let gate: any MatrixKernel
    let projection: Projection
    let hasResidual: Bool
    let division: WorkDivision
    /// Moves down each strip.
    let strips: [[SlabMove]]

    /// - Parameter stem: a convolution to be done together with the block, which then expands nothing.
    init?(_ block: MBConv, behind stem: Conv2D?, at place: PlanningPlace) {
        let (threads, backend, width) = (place.threads, place.backend, block.depthwise.channels)
        guard let size = Self.sizeBefore(block, stem, place) else { return nil }
        let geometry = block.depthwise.geometry(for: size)
        let readsInput = block.expand == nil && stem == nil
        let overlap = readsInput ? 0 : geometry.rows.kernel - geometry.rows.stride
        let division = WorkDivision(
            rows: geometry.rows.output, sharedRows: max(overlap, 0), stride: geometry.rows.stride, channels: width,
            threads: threads)
        let slices = division.slices
        let widest = slices.map(\.count).max() ?? width
        let capacity = readsInput ? geometry.rows.input : max(PlanLimits.slabFloats / (size.width * widest), 1)
        let strips = division.strips.map { SlabMove.moves(down: $0, geometry.rows, capacity: capacity) }
        self.division = division
        self.strips = strips
        input = place.input
        middle = MapShape(size, channels: width)
        output = MapShape(geometry.output, channels: block.project.outputChannels)
        hasResidual = block.hasResidual
        self.stem = stem.map { $0.geometry(for: place.input.shape.size) }
        source = (block.expand ?? stem).map { layer in
            let rows = stem != nil ? [size.width] : Set(strips.joined().map { $0.expanded.count * size.width })
            var product = layer.product(
                inputs: place.input.stride, slices: slices.map { MatrixSlice($0, outputStride: $0.count) },
                rows: .exactly(rows))
            product.form.providesPairSums = stem == nil && place.sumsPairs
            return backend.kernel(for: product)
        }
        depthwise = backend.kernel(
            for: DepthwiseProduct(
                geometry, weight: block.depthwise.weight, bias: block.depthwise.bias,
                activation: block.depthwise.activation,
                slices: slices.indices.map { index in
                    DepthwiseSlice(
                        slices[index], inputStride: readsInput ? width : slices[index].count,
                        outputStride: division.share(strip: 0, slice: index).channels.count)
                }))
        let squeezed = block.squeezeExcite.reduce.outputFeatures.roundedUpToVector
        let isShared = squeezed * width >= WorkDivision.sharedWeights
        reduce = backend.kernel(
            forRow: block.squeezeExcite.reduce, depth: width,
            slices: WorkDivision.ranges(of: squeezed, isShared ? min(threads, squeezed / 8) : 1))
        projection = Projection(
            block.project, output: geometry.output, division: division, hasResidual: block.hasResidual,
            gateWork: width * squeezed, at: place)
        gate = backend.kernel(
            forRow: block.squeezeExcite.expand, depth: squeezed, slices: projection.gateSlices)
    }

    /// The size of the map that the depthwise convolution reads; nil where there are no kernels for the block or where it
    /// cannot be done at once with the convolution before it.
    private static func sizeBefore(_ block: MBConv, _ stem: Conv2D?, _ place: PlanningPlace) -> Size? {
        let (shape, channels) = (place.input.shape, (stem ?? block.expand)?.inputChannels ?? block.depthwise.channels)
        let isWhole = [block.depthwise.channels, block.project.outputChannels].allSatisfy { $0 % 8 == 0 }
        guard isWhole, !shape.isRow, shape.channels == channels, block.depthwise.hasKernels else { return nil }
        guard let stem else {
            // What is overwritten must be the pass's own, and have the pixels that the block's kernels read.
            return place.hasVectors && place.input.buffer != nil ? shape.size : nil
        }
        guard stem.groups == 1, stem.outputChannels == block.depthwise.channels, block.expand == nil,
            !block.hasResidual
        else { return nil }
        return stem.geometry(for: shape.size).output
    }

    var isInPlace: Bool { hasResidual }
    var pairReader: (any MatrixKernel)? { stem == nil ? source : nil }
    var sumsPairs: Bool { true }
    var firstTasks: Int { strips.count * division.slices.count }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        var buffers = scratch.bottleneck ?? BottleneckBuffers(&builder.layout)
        buffers.makeRoom(for: self, &scratch, &builder.layout)
        scratch.bottleneck = buffers
        let part = { (name: String) in StepLabel(connection.layer, name) }
        let output = connection.output.buffer ?? scratch.maps.0
        let border = stem.map { BorderedMap(connection.input, for: $0, to: &builder, connection.layer) }
        builder.add(
            ExpansionStep(
                block: self, input: connection.input, picture: border, buffers: buffers,
                blocks: scratch.blocks, mapPairs: scratch.mapPairs, zeros: scratch.zeros, gathered: scratch.gathered,
                rowTable: scratch.rowTable), part("expansion"))
        builder.add(SqueezeMeansStep(block: self, buffers: buffers), part("gates"))
        builder.add(RowStep(reduce, input: buffers.means, output: buffers.squeezed), part("gates"))
        builder.add(GateStep(block: self, buffers: buffers), part("gates"))
        let pairs = PairSumming(reader: connection.pairReader, sums: scratch.mapPairs)
        builder.add(
            ProjectionStep(block: self, output: output, buffers: buffers, blocks: scratch.blocks, pairs: pairs),
            part("projection"))
        if projection.isSplit {
            builder.add(
                PartsStep(block: self, output: output, buffers: buffers, pairs: pairs), part("projection"))
        }
    }
}

/// The buffers of all bottlenecks of a network.
struct BottleneckBuffers {
    typealias Buffer = PassLayout.Buffer

    /// The rows that a depthwise convolution reads, for each thread.
    let slab: Buffer
    /// Sums of each strip, all channels.
    let sums: Buffer
    let means: Buffer
    let squeezed: Buffer
    let gates: Buffer
    /// Sums over the pairs of the run of pixels that each thread projects.
    let rowPairs: Buffer
    /// The biases of gated weights, for each thread.
    let gatedParameters: Buffer
    /// The sums of a projection's parts but the first, whose are the block's output.
    private(set) var partialSums: [Buffer] = []
    /// Of each part of a projection: its weights times the gates, and the sums over the pairs of each of their columns, one row
    /// for each slice of gates.
    private(set) var gatedWeights: [Buffer] = []
    private(set) var gatedPairs: [Buffer] = []

    init(_ layout: inout PassLayout) {
        slab = layout.reserveForEachThread()
        sums = layout.reserve()
        means = layout.reserve()
        squeezed = layout.reserve()
        gates = layout.reserve()
        rowPairs = layout.reserveForEachThread()
        gatedParameters = layout.reserveForEachThread()
    }

    mutating func makeRoom(for block: BottleneckPlan, _ scratch: inout PlanScratch, _ layout: inout PassLayout) {
        let (width, projection, rows) = (block.middle.channels, block.projection, block.depthwise.geometry.rows)
        for (index, share) in block.division.shares.enumerated() {
            _ = scratch.block(index, share.rows.count * block.output.size.width * share.channels.count, &layout)
        }
        if let source = block.source {
            let deepest = block.strips.joined().map(\.rows).max() ?? 0
            let widest = block.division.slices.map(\.count).max() ?? 0
            layout.grow(slab, to: deepest * block.middle.size.width * widest)
            layout.grow(scratch.gathered, to: source.scratchCount(rows: block.middle.size.width))
        }
        layout.grow(scratch.zeros, to: block.middle.size.width * width)
        layout.grow(scratch.rowTable, to: 2 * ((rows.output - 1) * rows.stride + rows.kernel))
        layout.grow(scratch.mapPairs, to: max(block.output.size.area, block.input.shape.size.area))
        layout.grow(sums, to: block.strips.count * width)
        for buffer in [means, gates] { layout.grow(buffer, to: width) }
        layout.grow(squeezed, to: block.reduce.columns)
        layout.grow(rowPairs, to: projection.runs.map(\.pixels.count).max() ?? 0)
        layout.grow(gatedParameters, to: 2 * projection.columns)
        for (index, part) in projection.parts.enumerated() {
            if index > 0 {
                if partialSums.count < index { partialSums.append(layout.reserve()) }
                layout.grow(partialSums[index - 1], to: block.output.count)
            }
            if gatedWeights.count <= index {
                gatedWeights.append(layout.reserve())
                gatedPairs.append(layout.reserve())
            }
            guard projection.gatesWeights else { continue }
            layout.grow(gatedWeights[index], to: part.kernel.weights.shape.count)
            layout.grow(gatedPairs[index], to: part.kernel.scaledRows.count * part.kernel.columns)
        }
    }
}

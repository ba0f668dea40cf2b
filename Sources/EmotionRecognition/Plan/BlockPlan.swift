import KernelCompiler
import NeuralLayers
import TensorEngine

/// A block of EfficientNet, planned for one input size and a number of threads.
///
/// First half, cut into strips and slices: expansion, or the network's stem, into a slab, depthwise convolution out of it,
/// sums for the squeeze.
/// Then the gates, and the second half, cut into runs of pixels: projection, with the gates applied to its weights or to
/// its activations, whichever are fewer.
final class BlockPlan: Sendable {
    let input: Size
    let inputChannels: Int
    let expandedChannels: Int
    let source: RowSource
    let depthwise: DepthwiseProduct
    let reduce: MatrixProduct
    let gate: MatrixProduct
    let project: MatrixProduct
    let hasResidual: Bool
    /// Steps of each strip.
    let strips: [[SlabStep]]
    /// Runs of output pixels.
    let runs: [Range<Int>]
    /// Whether the gates go to the weights of the projection; else to its activations.
    let gatesWeights: Bool

    var output: Size { depthwise.geometry.output }
    var outputChannels: Int { project.columns }
    var firstTasks: Int { strips.count * depthwise.slices.count }

    /// Floats of a slab at most, half of a usual second-level cache of 512 KiB, unless a single window is larger.
    private static let slabFloats = 65_536

    /// Pixels a run should have for each output channel where its product packs the weights anew: a fifth of the packing is
    /// then the weights'.
    private static let pixelsWorthPacking = 4

    /// Weights to read, for one of the squeeze's two layers, from which on that is worth another thread's start.
    private static let sharedWeights = 32_768

    /// - Parameters:
    ///   - stem: the network's first convolution, where the block is the one behind it.
    ///   - input: the size of the block's input, which is the stem's output.
    init(_ block: EfficientNetBlock, stem: Conv2D?, input: Size, threads: Int, batch: inout KernelBatch?) {
        let parts = Parts(block)
        precondition(
            stem == nil || (parts.expand == nil && !parts.hasResidual),
            "the block behind the stem expands nothing and has no residual")
        let geometry = parts.depthwise.geometry(for: input)
        let width = parts.depthwise.channels
        let readsInput = parts.expand == nil && stem == nil
        let overlap = readsInput ? 0 : geometry.rows.kernel - geometry.rows.stride
        let division = WorkDivision(
            rows: geometry.rows.output, sharedRows: max(overlap, 0), stride: geometry.rows.stride, channels: width,
            threads: threads)
        let widest = division.slices.map(\.count).max() ?? width
        let capacity = readsInput ? geometry.rows.input : max(Self.slabFloats / (input.width * widest), 1)
        let strips = division.strips.map { SlabStep.steps(of: $0, geometry.rows, capacity: capacity) }
        self.input = input
        self.strips = strips
        inputChannels = parts.expand?.inputChannels ?? width
        expandedChannels = width
        hasResidual = parts.hasResidual
        if let expand = parts.expand {
            source = .expansion(
                expand, slices: division.slices,
                pixelCounts: Set(strips.joined().map { $0.expanded.count * input.width }), batch: &batch)
        } else if let stem {
            source = .stem(stem, slices: division.slices, width: input.width, batch: &batch)
        } else {
            source = .input
        }
        depthwise = DepthwiseProduct(
            geometry: geometry, weight: parts.depthwise.weight, bias: parts.depthwise.bias,
            activation: parts.depthwise.activation, slices: division.slices,
            inputStrides: division.slices.map { readsInput ? width : $0.count }, batch: &batch)
        let squeezed = parts.squeezeExcite.reduce.outputFeatures.roundedUpToVector
        reduce = MatrixProduct(
            single: parts.squeezeExcite.reduce, depth: width, columns: squeezed,
            slices: squeezed * width >= Self.sharedWeights ? min(threads, squeezed / 8) : 1, batch: &batch)
        let outputs = parts.project.outputChannels
        let pixels = geometry.output.area
        let gatesWeights = 2 * outputs < pixels
        self.gatesWeights = gatesWeights
        let gateWork = width * (squeezed + (gatesWeights ? outputs : 0))
        gate = MatrixProduct(
            single: parts.squeezeExcite.expand, depth: squeezed, columns: width,
            slices: gateWork >= Self.sharedWeights ? threads : 1, batch: &batch)
        let packs = batch == nil && MatrixMultiply.packsOperands
        let runs = WorkDivision.runs(
            of: pixels, depth: width, threads: threads, leastPixels: packs ? Self.pixelsWorthPacking * outputs : 1)
        self.runs = runs
        var form = MatrixProduct.Form(segmentLength: width, inputStride: width)
        form.addsResidual = hasResidual
        form.providesPairSums = true
        project = MatrixProduct(
            form, weight: parts.project.matrix, bias: parts.project.bias,
            slices: [(0..<outputs, outputs)], rowCounts: Set(runs.map(\.count)),
            scaledRows: gatesWeights ? gate.slices.map(\.columns) : [], batch: &batch)
    }

    /// The layers of either kind of block under common names.
    private struct Parts {
        let expand: Conv2D?
        let depthwise: DepthwiseConv2D
        let squeezeExcite: SqueezeExcite
        let project: Conv2D
        let hasResidual: Bool

        init(_ block: EfficientNetBlock) {
            switch block {
            case .depthwiseSeparable(let block):
                (expand, depthwise, squeezeExcite) = (nil, block.depthwise, block.squeezeExcite)
                (project, hasResidual) = (block.project, block.hasResidual)
            case .inverted(let block):
                (expand, depthwise, squeezeExcite) = (block.expand, block.depthwise, block.squeezeExcite)
                (project, hasResidual) = (block.project, block.hasResidual)
            }
        }
    }
}

extension MatrixProduct {
    /// A linear layer for one row of features, padded with zeros to whole vectors, in `slices` parts.
    convenience init(single layer: Linear, depth: Int, columns: Int, slices: Int = 1, batch: inout KernelBatch?) {
        var form = Form(segmentLength: depth, inputStride: depth)
        form.activation = layer.activation.made
        self.init(
            form, weight: layer.matrix.padded(rows: depth, columns: columns),
            bias: layer.bias.padded(rows: 1, columns: columns).reshaped(to: [columns]),
            slices: WorkDivision.ranges(of: columns, slices).map { ($0, columns) }, rowCounts: [1], batch: &batch)
    }
}

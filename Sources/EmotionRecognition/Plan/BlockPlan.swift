import X86Kernels
import NeuralLayers
import TensorEngine

/// A block of EfficientNet, planned for one input size and a number of threads.
///
/// First half, cut into strips and slices: expansion, or the network's stem, into a slab, depthwise convolution out of it,
/// sums for the squeeze.
/// Then the gates, and the second half, cut into runs of pixels and perhaps parts of the depth: projection, with the gates
/// applied to its weights or to its activations, whichever are fewer.
final class BlockPlan: Sendable {
    let input: Size
    let inputChannels: Int
    let expandedChannels: Int
    let source: RowSource
    let depthwise: DepthwiseProduct
    let reduce: MatrixProduct
    let gate: MatrixProduct
    let projection: Projection
    let hasResidual: Bool
    let division: WorkDivision
    /// Steps of each strip.
    let strips: [[SlabStep]]

    var output: Size { depthwise.geometry.output }
    var outputChannels: Int { projection.columns }
    var firstTasks: Int { strips.count * depthwise.slices.count }

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
        let capacity = readsInput ? geometry.rows.input : max(PlanLimits.slabFloats / (input.width * widest), 1)
        let strips = division.strips.map { SlabStep.steps(of: $0, geometry.rows, capacity: capacity) }
        self.input = input
        self.division = division
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
            inputStrides: division.slices.map { readsInput ? width : $0.count },
            outputStrides: division.slices.indices.map { division.share(strip: 0, slice: $0).channels.count },
            batch: &batch)
        let squeezed = parts.squeezeExcite.reduce.outputFeatures.roundedUpToVector
        let isShared = squeezed * width >= WorkDivision.sharedWeights
        reduce = MatrixProduct(
            single: parts.squeezeExcite.reduce, depth: width, columns: squeezed,
            slices: WorkDivision.ranges(of: squeezed, isShared ? min(threads, squeezed / 8) : 1), batch: &batch)
        projection = Projection(
            parts.project, output: geometry.output, division: division, hasResidual: parts.hasResidual,
            gateWork: width * squeezed, threads: threads, batch: &batch)
        gate = MatrixProduct(
            single: parts.squeezeExcite.expand, depth: squeezed, columns: width, slices: projection.gateSlices,
            batch: &batch)
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
    /// A linear layer for one row of features, padded with zeros to whole vectors.
    convenience init(
        single layer: Linear, depth: Int, columns: Int, slices: [Range<Int>], batch: inout KernelBatch?
    ) {
        var form = Form(segmentLength: depth, inputStride: depth)
        form.activation = layer.activation.made
        form.keepsHalves = true
        self.init(
            form, weight: layer.matrix.padded(rows: depth, columns: columns),
            bias: layer.bias.padded(rows: 1, columns: columns).reshaped(to: [columns]),
            slices: slices.map { ($0, columns) }, rowCounts: [1], batch: &batch)
    }
}

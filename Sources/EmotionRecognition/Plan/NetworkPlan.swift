import KernelCompiler
import NeuralLayers
import TensorEngine

/// A whole classifier, planned for one input size and a number of threads: weights packed, kernels made, buffers sized.
///
/// Immutable; a ``ForwardPass`` holds what changes from picture to picture.
struct NetworkPlan: Sendable {
    let input: Size
    let stem: MatrixProduct
    let stemGeometry: ConvolutionGeometry
    /// Output rows of the stem that a task computes.
    let stemRows: [Range<Int>]
    let blocks: [BlockPlan]
    let last: MatrixProduct
    let hidden: MatrixProduct
    let output: MatrixProduct
    let classes: Int
    let kernels: MadeKernels?
    let path: KernelPath

    /// A plan on `path`, or on the portable one where the system will not let the made kernels be executed.
    static func make(
        _ backbone: EfficientNet, _ head: ClassificationHead, input: Size, threads: Int, path: KernelPath
    ) -> NetworkPlan {
        guard case .made(let set) = path else {
            return NetworkPlan(backbone, head, input: input, threads: threads, batch: nil)
        }
        let plan = NetworkPlan(backbone, head, input: input, threads: threads, batch: KernelBatch(set))
        return plan.kernels == nil
            ? NetworkPlan(backbone, head, input: input, threads: threads, batch: nil) : plan
    }

    private init(
        _ backbone: EfficientNet, _ head: ClassificationHead, input: Size, threads: Int, batch: KernelBatch?
    ) {
        var batch = batch
        self.input = input
        let geometry = backbone.stem.geometry(for: input)
        stemGeometry = geometry
        stem = Self.planStem(backbone.stem, geometry, batch: &batch)
        let rows = geometry.output.height
        stemRows = (0..<(2 * threads)).map { ($0 * rows / (2 * threads))..<(($0 + 1) * rows / (2 * threads)) }
        var size = geometry.output
        var blocks: [BlockPlan] = []
        for block in backbone.stages.joined() {
            let plan = BlockPlan(block, input: size, threads: threads, batch: &batch)
            blocks.append(plan)
            size = plan.output
        }
        self.blocks = blocks
        let features = backbone.head.outputChannels
        var form = MatrixProduct.Form(
            segmentLength: backbone.head.inputChannels, inputStride: backbone.head.inputChannels)
        form.activation = backbone.head.activation.made
        last = MatrixProduct(
            form, weight: backbone.head.weight.reshaped(to: [backbone.head.inputChannels, features]),
            bias: backbone.head.bias,
            slices: WorkDivision.ranges(of: features, min(4 * threads, features / 16)).map { ($0, $0.count) },
            rowCounts: [size.area], batch: &batch)
        hidden = MatrixProduct(
            single: head.hidden, depth: features, columns: head.hidden.outputFeatures.roundedUpToVector,
            slices: threads, batch: &batch)
        classes = head.output.outputFeatures
        output = MatrixProduct(
            single: head.output, depth: hidden.columns, columns: classes.roundedUpToVector, batch: &batch)
        kernels = batch?.seal()
        path = batch.map { .made($0.instructionSet) } ?? .portable
    }

    private static func planStem(
        _ layer: Conv2D, _ geometry: ConvolutionGeometry, batch: inout KernelBatch?
    ) -> MatrixProduct {
        var form = MatrixProduct.Form(
            segmentLength: layer.kernel.width * layer.inputChannels, inputStride: layer.stride * layer.inputChannels)
        form.segments = layer.kernel.height
        form.activation = layer.activation.made
        let outputs = layer.outputChannels
        return MatrixProduct(
            form, weight: layer.weight.reshaped(to: [form.segments * form.segmentLength, outputs]), bias: layer.bias,
            slices: [(0..<outputs, outputs)], rowCounts: [geometry.output.width], batch: &batch)
    }

    /// Width of the input with its border of zeros.
    static func paddedWidth(_ geometry: ConvolutionGeometry) -> Int {
        geometry.columns.before + geometry.columns.input + geometry.columns.after
    }

    /// Height of the input with its border of zeros.
    static func paddedHeight(_ geometry: ConvolutionGeometry) -> Int {
        geometry.rows.before + geometry.rows.input + geometry.rows.after
    }
}

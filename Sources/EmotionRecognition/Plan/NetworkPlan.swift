import X86Kernels
import NeuralLayers
import TensorEngine

/// A whole classifier, planned for one input size and a number of threads: weights packed, kernels made, buffers sized.
///
/// Immutable; a ``ForwardPass`` holds what changes from picture to picture.
struct NetworkPlan: Sendable {
    let input: Size
    let stemGeometry: ConvolutionGeometry
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
        var size = geometry.output
        var blocks: [BlockPlan] = []
        for block in backbone.stages.joined() {
            let plan = BlockPlan(
                block, stem: blocks.isEmpty ? backbone.stem : nil, input: size, threads: threads, batch: &batch)
            blocks.append(plan)
            size = plan.output
        }
        self.blocks = blocks
        let features = backbone.head.outputChannels
        var form = MatrixProduct.Form(
            segmentLength: backbone.head.inputChannels, inputStride: backbone.head.inputChannels)
        form.activation = backbone.head.activation.made
        form.providesPairSums = true
        last = MatrixProduct(
            form, weight: backbone.head.matrix, bias: backbone.head.bias,
            slices: WorkDivision.ranges(of: features, min(4 * threads, features / 16)).map { ($0, $0.count) },
            rowCounts: [size.area], batch: &batch)
        hidden = MatrixProduct(
            single: head.hidden, depth: features, columns: head.hidden.outputFeatures.roundedUpToVector,
            slices: WorkDivision.ranges(of: head.hidden.outputFeatures.roundedUpToVector, threads), batch: &batch)
        classes = head.output.outputFeatures
        output = MatrixProduct(
            single: head.output, depth: hidden.columns, columns: classes.roundedUpToVector,
            slices: [0..<classes.roundedUpToVector], batch: &batch)
        kernels = batch?.seal()
        path = batch.map { .made($0.instructionSet) } ?? .portable
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

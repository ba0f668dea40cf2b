import X86Kernels
import NeuralLayers
import TensorEngine

/// The mesh network, planned for a number of threads: weights packed, kernels made, buffers sized.
///
/// Immutable; a ``MeshPass`` holds what changes from picture to picture.
struct MeshPlan: Sendable {
    let stemGeometry: ConvolutionGeometry
    let stem: MatrixProduct
    let stemStrips: [Range<Int>]
    let blocks: [MeshBlockPlan]
    let points: MatrixProduct
    let presence: MatrixProduct
    let kernels: MadeKernels?
    let path: KernelPath

    /// A plan on `path`, or on the portable one where the system will not let the made kernels be executed.
    static func make(_ layers: MeshLayers, threads: Int, path: KernelPath) -> MeshPlan {
        guard case .made(let set) = path else { return MeshPlan(layers, threads: threads, batch: nil) }
        let plan = MeshPlan(layers, threads: threads, batch: KernelBatch(set))
        return plan.kernels == nil ? MeshPlan(layers, threads: threads, batch: nil) : plan
    }

    private init(_ layers: MeshLayers, threads: Int, batch: KernelBatch?) {
        var batch = batch
        let geometry = layers.stem.geometry(for: Size(side: MeshLayers.side))
        stemGeometry = geometry
        var form = MatrixProduct.Form(
            segmentLength: layers.stem.kernel.width * layers.stem.inputChannels,
            inputStride: layers.stem.stride * layers.stem.inputChannels)
        form.segments = layers.stem.kernel.height
        form.activation = .pReLU
        let channels = layers.stem.outputChannels
        stem = MatrixProduct(
            form, weight: layers.stem.matrix, bias: layers.stem.bias, slope: layers.stemSlope,
            slices: [(0..<channels, channels)], rowCounts: [geometry.output.width], batch: &batch)
        stemStrips = MeshBlockPlan.strips(of: geometry.output.height, threads: threads)
        var size = geometry.output
        var blocks: [MeshBlockPlan] = []
        for block in layers.blocks {
            let plan = MeshBlockPlan(block, input: size, threads: threads, batch: &batch)
            blocks.append(plan)
            size = plan.output
        }
        self.blocks = blocks
        points = MatrixProduct(features: layers.points, slices: threads, batch: &batch)
        presence = MatrixProduct(features: layers.presence, slices: 1, batch: &batch)
        kernels = batch?.seal()
        path = batch.map { .made($0.instructionSet) } ?? .portable
    }

    /// Width and height of the picture with the border that the first convolution reads.
    var paddedSide: Int { stemGeometry.rows.before + stemGeometry.rows.input + stemGeometry.rows.after }
}

extension MatrixProduct {
    /// A linear layer for one row of features, padded with zeros to whole vectors.
    convenience init(features layer: Linear, slices: Int, batch: inout KernelBatch?) {
        var form = Form(segmentLength: layer.inputFeatures, inputStride: layer.inputFeatures)
        form.activation = layer.activation.made
        form.keepsHalves = true
        let columns = layer.outputFeatures.roundedUpToVector
        let vectors = columns / 8
        self.init(
            form, weight: layer.matrix.padded(rows: layer.inputFeatures, columns: columns),
            bias: layer.bias.padded(rows: 1, columns: columns).reshaped(to: [columns]),
            slices: (0..<slices).map {
                (($0 * vectors / slices * 8)..<(($0 + 1) * vectors / slices * 8), columns)
            },
            rowCounts: [1], batch: &batch)
    }
}

import X86Kernels
import NeuralLayers
import TensorEngine

/// The blendshape network, planned for a number of threads.
///
/// The learned token alone is read at the end, so the last block computes what that needs and no more.
struct BlendshapePlan: Sendable {
    /// Two layers, one behind the other, on rows of features.
    struct Half: Sendable {
        /// `[channels]`.
        let scale: Tensor
        let first: MatrixProduct
        let second: MatrixProduct
    }

    struct Block: Sendable {
        let tokens: Half
        let channels: Half
        /// Tokens that anything behind the block needs.
        let needed: Int
    }

    let points: MatrixProduct
    let embedding: MatrixProduct
    /// `[channels]`.
    let token: Tensor
    let blocks: [Block]
    let coefficients: MatrixProduct
    /// Runs of tokens, and of channels, that are computed by different threads.
    let tokenRuns: [Range<Int>]
    let channelRuns: [Range<Int>]
    let kernels: MadeKernels?

    /// Floats from one channel's row of tokens to the next.
    static let tokenStride = BlendshapeLayers.tokens.roundedUpToVector
    /// Threads that are worth their start, at most.
    private static let mostThreads = 4

    static func make(_ layers: BlendshapeLayers, threads: Int, path: KernelPath) -> BlendshapePlan {
        guard case .made(let set) = path else { return BlendshapePlan(layers, threads: threads, batch: nil) }
        let plan = BlendshapePlan(layers, threads: threads, batch: KernelBatch(set))
        return plan.kernels == nil ? BlendshapePlan(layers, threads: threads, batch: nil) : plan
    }

    private init(_ layers: BlendshapeLayers, threads: Int, batch: KernelBatch?) {
        var batch = batch
        let runs = { (count: Int) in
            let parts = min(threads, Self.mostThreads)
            return (0..<parts).map { ($0 * count / parts)..<(($0 + 1) * count / parts) }
        }
        let (tokenRuns, channelRuns) = (runs(BlendshapeLayers.tokens), runs(BlendshapeLayers.channels))
        (self.tokenRuns, self.channelRuns) = (tokenRuns, channelRuns)
        points = MatrixProduct(rows: [2], of: layers.points, batch: &batch)
        embedding = MatrixProduct(rows: [BlendshapeLayers.pointTokens], of: layers.embedding, batch: &batch)
        token = layers.token
        var blocks: [Block] = []
        for (index, block) in layers.blocks.enumerated() {
            let isLast = index == layers.blocks.count - 1
            let needed = isLast ? 1 : BlendshapeLayers.tokens
            let (channelRows, tokenRows) = (Set(channelRuns.map(\.count)), isLast ? [1] : Set(tokenRuns.map(\.count)))
            blocks.append(
                Block(
                    tokens: Half(
                        scale: block.tokens.scale,
                        first: MatrixProduct(
                            rows: channelRows, of: block.tokens.first, inputStride: Self.tokenStride, batch: &batch),
                        second: MatrixProduct(
                            rows: channelRows, of: block.tokens.second, outputs: needed, outputStride: Self.tokenStride,
                            batch: &batch)),
                    channels: Half(
                        scale: block.channels.scale,
                        first: MatrixProduct(rows: tokenRows, of: block.channels.first, batch: &batch),
                        second: MatrixProduct(
                            rows: tokenRows, of: block.channels.second, addsResidual: true, batch: &batch)),
                    needed: needed))
        }
        self.blocks = blocks
        coefficients = MatrixProduct(rows: [1], of: layers.coefficients, batch: &batch)
        kernels = batch?.seal()
    }
}

extension MatrixProduct {
    /// A linear layer for some numbers of rows, its outputs padded with zeros to whole vectors.
    ///
    /// - Parameters:
    ///   - outputs: how many of the layer's outputs are needed, from the first on; all where nil.
    ///   - inputStride: floats from one row to the next; dense where nil.
    fileprivate convenience init(
        rows: Set<Int>, of layer: Linear, outputs: Int? = nil, inputStride: Int? = nil, outputStride: Int? = nil,
        addsResidual: Bool = false, batch: inout KernelBatch?
    ) {
        var form = Form(segmentLength: layer.inputFeatures, inputStride: inputStride ?? layer.inputFeatures)
        form.activation = layer.activation.made
        form.addsResidual = addsResidual
        let all = layer.outputFeatures.roundedUpToVector
        let columns = (outputs ?? layer.outputFeatures).roundedUpToVector
        let (matrix, bias) = (
            layer.matrix.padded(rows: layer.inputFeatures, columns: all), layer.bias.padded(rows: 1, columns: all)
        )
        let weight: any WeightMatrix =
            columns == all
            ? matrix
            : Tensor(shape: [layer.inputFeatures, columns]) { matrix.write(columns: 0..<columns, to: $0) }
        self.init(
            form, weight: weight, bias: Tensor(bias.scalars.prefix(columns), shape: [columns]),
            slices: [(0..<columns, outputStride ?? columns)], rowCounts: rows, batch: &batch)
    }
}

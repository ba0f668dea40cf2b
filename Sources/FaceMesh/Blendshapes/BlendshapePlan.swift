internal import NetworkPlanning
internal import NeuralLayers
internal import TensorEngine

/// The blendshape network, planned for a number of threads, and where a pass finds points and answers.
///
/// The learned token alone is read at the end, so the last block computes what that needs and no more.
struct BlendshapePlan: Sendable {
    let network: NetworkPlan
    /// Of the points: all x, then all y, normalised.
    let points: PassLayout.Buffer
    let coefficients: PassLayout.Buffer

    /// Floats from one channel's row of tokens to the next.
    static let tokenStride = BlendshapeLayers.tokens.roundedUpToVector
    /// Threads that are worth their start, at most.
    private static let mostThreads = 4

    static func make(_ layers: BlendshapeLayers, threads: Int, path: KernelPath) -> BlendshapePlan {
        path.plan { BlendshapePlan(layers, PlanBuilder($0, path: $1, threads: threads)) }
    }

    private init(_ layers: BlendshapeLayers, _ builder: PlanBuilder) {
        var builder = builder
        let parts = min(builder.threads, Self.mostThreads)
        // Runs of tokens, and of channels, that are computed by different threads.
        let runs = { (count: Int) in (0..<parts).map { ($0 * count / parts)..<(($0 + 1) * count / parts) } }
        let (tokenRuns, channelRuns) = (runs(BlendshapeLayers.tokens), runs(BlendshapeLayers.channels))
        let buffers = BlendshapeBuffers(&builder.layout)
        let backend = builder.backend
        builder.add(
            EmbeddingStep(
                points: backend.kernel(rows: [2], of: layers.points),
                embedding: backend.kernel(rows: [BlendshapeLayers.pointTokens], of: layers.embedding),
                token: layers.token, buffers: buffers), StepLabel(0, "embedding"))
        builder.add(
            NormalisationStep(runs: tokenRuns, scale: layers.blocks[0].tokens.scale, buffers: buffers),
            StepLabel(0, "normalisation"))
        for (index, block) in layers.blocks.enumerated() {
            let isLast = index == layers.blocks.count - 1
            let needed = isLast ? 1 : BlendshapeLayers.tokens
            let rows = isLast ? [0..<1] : tokenRuns
            let tokens = TokenStep(
                first: backend.kernel(
                    rows: Set(channelRuns.map(\.count)), of: block.tokens.first, inputStride: Self.tokenStride),
                second: backend.kernel(
                    rows: Set(channelRuns.map(\.count)), of: block.tokens.second, outputs: needed,
                    outputStride: Self.tokenStride), runs: channelRuns, buffers: buffers)
            let channels = ChannelStep(
                first: backend.kernel(rows: Set(rows.map(\.count)), of: block.channels.first),
                second: backend.kernel(rows: Set(rows.map(\.count)), of: block.channels.second, addsResidual: true),
                scale: block.channels.scale, nextScale: isLast ? nil : layers.blocks[index + 1].tokens.scale,
                runs: rows, buffers: buffers)
            builder.layout.grow(buffers.hidden, to: tokens.hiddenCount)
            builder.layout.grow(buffers.hidden, to: channels.hiddenCount)
            builder.add(tokens, StepLabel(index + 1, "tokens"))
            builder.add(channels, StepLabel(index + 1, "channels"))
        }
        let last = backend.kernel(rows: [1], of: layers.coefficients)
        points = buffers.points
        coefficients = builder.layout.reserve(last.columns)
        builder.add(
            RowStep(last, input: buffers.features, output: coefficients),
            StepLabel(layers.blocks.count + 1, "coefficients"))
        network = builder.finish()
    }
}

extension KernelBackend {
    /// A linear layer for some numbers of rows, its outputs padded with zeros to whole vectors.
    ///
    /// - Parameters:
    ///   - outputs: how many of the layer's outputs are needed, from the first on; all where nil.
    ///   - inputStride: floats from one row to the next; dense where nil.
    fileprivate func kernel(
        rows: Set<Int>, of layer: Linear, outputs: Int? = nil, inputStride: Int? = nil, outputStride: Int? = nil,
        addsResidual: Bool = false
    ) -> any MatrixKernel {
        var form = MatrixForm(segmentLength: layer.inputFeatures, inputStride: inputStride ?? layer.inputFeatures)
        form.activation = layer.activation
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
        return kernel(
            for: MatrixProduct(
                form, weight: weight, bias: Tensor(bias.scalars.prefix(columns), shape: [columns]),
                slices: [MatrixSlice(0..<columns, outputStride: outputStride ?? columns)], rows: .exactly(rows)))
    }
}

internal import NetworkPlanning
internal import TensorEngine

/// The buffers of a pass through the blendshape network.
struct BlendshapeBuffers {
    /// All x, then all y.
    let points: PassLayout.Buffer
    /// `[2, tokens]` and `[tokens, 2]`.
    let tokens: PassLayout.Buffer
    let turnedTokens: PassLayout.Buffer
    /// `[tokens, channels]`, what the blocks add to.
    let features: PassLayout.Buffer
    /// `[channels, tokens]`, normalised, and what the first half of a block makes of it.
    let turned: PassLayout.Buffer
    let mixed: PassLayout.Buffer
    /// `[tokens, channels]`, normalised.
    let normalised: PassLayout.Buffer
    /// Rows between two layers.
    let hidden: PassLayout.Buffer

    init(_ layout: inout PassLayout) {
        let (tokens, channels) = (BlendshapeLayers.tokens, BlendshapeLayers.channels)
        points = layout.reserve(2 * BlendshapeNetwork.points.count)
        self.tokens = layout.reserve(2 * BlendshapeLayers.pointTokens)
        turnedTokens = layout.reserve(2 * BlendshapeLayers.pointTokens)
        features = layout.reserve(tokens * channels)
        turned = layout.reserve(channels * BlendshapePlan.tokenStride)
        mixed = layout.reserve(channels * BlendshapePlan.tokenStride)
        normalised = layout.reserve(tokens * channels)
        hidden = layout.reserve()
    }
}

/// The points as tokens, behind the learned one.
struct EmbeddingStep: PlanStep {
    let points: any MatrixKernel
    let embedding: any MatrixKernel
    /// `[channels]`.
    let token: Tensor
    let buffers: BlendshapeBuffers
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        let tokens = BlendshapeLayers.pointTokens
        let (columns, pairs) = (memory.address(buffers.tokens), memory.address(buffers.turnedTokens))
        points.run(MatrixOperands(rows: 2, input: memory.address(buffers.points), output: columns))
        for token in 0..<tokens {
            pairs[2 * token] = columns[token]
            pairs[2 * token + 1] = columns[tokens + token]
        }
        let features = memory.address(buffers.features)
        token.withPointer { features.update(from: $0, count: BlendshapeLayers.channels) }
        embedding.run(
            MatrixOperands(rows: tokens, input: pairs, output: features + BlendshapeLayers.channels))
    }
}

/// Each token of a run, normalised for the first block.
struct NormalisationStep: PlanStep {
    let runs: [Range<Int>]
    /// `[channels]`.
    let scale: Tensor
    let buffers: BlendshapeBuffers

    var taskCount: Int { runs.count }

    func run(_ task: Int, in memory: PassMemory) {
        for token in runs[task] { buffers.normaliseTurned(token, scale, in: memory) }
    }
}

/// The first half of a block, two layers across the tokens; a task is a run of channels.
struct TokenStep: PlanStep {
    let first: any MatrixKernel
    let second: any MatrixKernel
    let runs: [Range<Int>]
    let buffers: BlendshapeBuffers

    var taskCount: Int { runs.count }
    var hiddenCount: Int { BlendshapeLayers.channels * first.columns }

    func run(_ task: Int, in memory: PassMemory) {
        let channels = runs[task]
        let hidden = memory.address(buffers.hidden) + channels.lowerBound * first.columns
        let place = channels.lowerBound * BlendshapePlan.tokenStride
        first.run(
            MatrixOperands(rows: channels.count, input: memory.address(buffers.turned) + place, output: hidden))
        second.run(
            MatrixOperands(rows: channels.count, input: hidden, output: memory.address(buffers.mixed) + place))
    }
}

/// The second half of a block, two layers across the channels, and the normalisation for the next block; a task is a run of
/// tokens.
struct ChannelStep: PlanStep {
    let first: any MatrixKernel
    let second: any MatrixKernel
    /// `[channels]`, of this half and of the next block's first.
    let scale: Tensor
    let nextScale: Tensor?
    let runs: [Range<Int>]
    let buffers: BlendshapeBuffers

    var taskCount: Int { runs.count }
    var hiddenCount: Int { BlendshapeLayers.tokens * first.columns }

    func run(_ task: Int, in memory: PassMemory) {
        let (tokens, channels) = (runs[task], BlendshapeLayers.channels)
        let (features, mixed) = (memory.address(buffers.features), memory.address(buffers.mixed))
        for token in tokens {
            let row = features + token * channels
            for channel in 0..<channels { row[channel] += mixed[channel * BlendshapePlan.tokenStride + token] }
            let target = memory.address(buffers.normalised) + token * channels
            BlendshapeBuffers.normalise(row, scale) { target.storeVector($0, $1) }
        }
        let place = tokens.lowerBound * channels
        let hidden = memory.address(buffers.hidden) + tokens.lowerBound * first.columns
        first.run(
            MatrixOperands(
                rows: tokens.count, input: memory.address(buffers.normalised) + place, output: hidden))
        var operands = MatrixOperands(rows: tokens.count, input: hidden, output: features + place)
        operands.residual = UnsafePointer(features + place)
        second.run(operands)
        guard let nextScale else { return }
        for token in tokens { buffers.normaliseTurned(token, nextScale, in: memory) }
    }
}

extension BlendshapeBuffers {
    /// Writes a token's normalised channels down a column.
    fileprivate func normaliseTurned(_ token: Int, _ scale: Tensor, in memory: PassMemory) {
        let target = memory.address(turned) + token
        Self.normalise(memory.address(features) + token * BlendshapeLayers.channels, scale) { values, channel in
            for lane in 0..<8 { target[(channel + lane) * BlendshapePlan.tokenStride] = values[lane] }
        }
    }

    /// What the network adds to a variance, in half precision.
    private static let epsilon: Float = 1.0132789611816406e-06

    /// A token's channels less their mean, by their standard deviation, times the scale of each, eight at a time.
    @inline(__always)
    fileprivate static func normalise(
        _ row: UnsafeMutablePointer<Float>, _ scale: Tensor, _ store: (SIMD8<Float>, Int) -> Void
    ) {
        let channels = BlendshapeLayers.channels
        var sum = SIMD8<Float>.zero
        for channel in stride(from: 0, to: channels, by: 8) { sum += row.loadVector(channel) }
        let mean = sum.sum() / Float(channels)
        var squares = SIMD8<Float>.zero
        for channel in stride(from: 0, to: channels, by: 8) {
            let difference = row.loadVector(channel) - mean
            squares += difference * difference
        }
        let factor = 1 / (squares.sum() / Float(channels) + epsilon).squareRoot()
        scale.withPointer { scale in
            for channel in stride(from: 0, to: channels, by: 8) {
                store((row.loadVector(channel) - mean) * (scale.loadVector(channel) * factor), channel)
            }
        }
    }
}

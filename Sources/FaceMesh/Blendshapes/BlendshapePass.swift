import TensorEngine

/// The work of one face at a time through a ``BlendshapePlan``, in memory of its own: nothing allocates.
final class BlendshapePass: @unchecked Sendable {
    private let plan: BlendshapePlan
    private let base: UnsafeMutablePointer<Float>
    private let count: Int
    private let buffers: Buffers
    private var workers: WorkerPool?
    private var block = 0

    private struct Buffers {
        var arena = Arena()
        /// Of the points: all x, then all y.
        let points: Arena.Buffer
        /// `[2, tokens]` and `[tokens, 2]`.
        let tokens: Arena.Buffer
        let turnedTokens: Arena.Buffer
        /// `[tokens, channels]`, what the blocks add to.
        let features: Arena.Buffer
        /// `[channels, tokens]`, normalised, and what the first half of a block makes of it.
        let turned: Arena.Buffer
        let mixed: Arena.Buffer
        /// `[tokens, channels]`, normalised.
        let normalised: Arena.Buffer
        /// Rows between two layers.
        let hidden: Arena.Buffer
        let coefficients: Arena.Buffer

        init(_ plan: BlendshapePlan) {
            let (tokens, channels) = (BlendshapeLayers.tokens, BlendshapeLayers.channels)
            points = arena.reserve(2 * BlendshapeNetwork.points.count)
            self.tokens = arena.reserve(2 * BlendshapeLayers.pointTokens)
            turnedTokens = arena.reserve(2 * BlendshapeLayers.pointTokens)
            features = arena.reserve(tokens * channels)
            turned = arena.reserve(channels * BlendshapePlan.tokenStride)
            mixed = arena.reserve(channels * BlendshapePlan.tokenStride)
            normalised = arena.reserve(tokens * channels)
            hidden = arena.reserve(
                plan.blocks.map { max($0.tokens.first.columns * channels, $0.channels.first.columns * tokens) }.max()
                    ?? 0)
            coefficients = arena.reserve(plan.coefficients.columns)
        }
    }

    init(_ plan: BlendshapePlan) {
        self.plan = plan
        buffers = Buffers(plan)
        count = buffers.arena.count
        base = .allocate(capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit { base.deallocate() }

    private func address(_ buffer: Arena.Buffer) -> UnsafeMutablePointer<Float> { Arena.address(of: buffer, in: base) }

    /// Where the points are to be written: all x, then all y, normalised.
    var points: UnsafeMutablePointer<Float> { address(buffers.points) }
    /// The coefficients after ``run(on:)``.
    var coefficients: UnsafePointer<Float> { UnsafePointer(address(buffers.coefficients)) }

    func run(on workers: WorkerPool?) {
        self.workers = workers
        embed()
        block = 0
        share(.normalisation, plan.tokenRuns.count)
        for index in plan.blocks.indices {
            block = index
            share(.tokens, plan.channelRuns.count)
            let isLast = index == plan.blocks.count - 1
            if isLast {
                mixChannels(0..<1)
            } else {
                share(.channels, plan.tokenRuns.count)
            }
        }
        run(plan.coefficients, rows: 1, from: address(buffers.features), to: address(buffers.coefficients))
    }

    /// The points as tokens, behind the learned one.
    private func embed() {
        let tokens = BlendshapeLayers.pointTokens
        let (columns, pairs) = (address(buffers.tokens), address(buffers.turnedTokens))
        run(plan.points, rows: 2, from: points, to: columns)
        for token in 0..<tokens {
            pairs[2 * token] = columns[token]
            pairs[2 * token + 1] = columns[tokens + token]
        }
        let features = address(buffers.features)
        plan.token.withPointer { features.update(from: $0, count: BlendshapeLayers.channels) }
        run(plan.embedding, rows: tokens, from: pairs, to: features + BlendshapeLayers.channels)
    }

    private enum Phase { case normalisation, tokens, channels }
    private var phase = Phase.normalisation

    private func share(_ phase: Phase, _ count: Int) {
        self.phase = phase
        guard let workers, count > 1 else {
            for task in 0..<count { perform(task) }
            return
        }
        workers.run(count, context: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())) { pass, task, _ in
            Unmanaged<BlendshapePass>.fromOpaque(pass).takeUnretainedValue().perform(task)
        }
    }

    private func perform(_ task: Int) {
        switch phase {
        case .normalisation: for token in plan.tokenRuns[task] { normaliseTurned(token, plan.blocks[0].tokens.scale) }
        case .tokens: mixTokens(plan.channelRuns[task])
        case .channels: mixChannels(plan.tokenRuns[task])
        }
    }

    /// The first half of a block for some channels.
    private func mixTokens(_ channels: Range<Int>) {
        let half = plan.blocks[block].tokens
        let hidden = address(buffers.hidden) + channels.lowerBound * half.first.columns
        let first = channels.lowerBound * BlendshapePlan.tokenStride
        run(half.first, rows: channels.count, from: address(buffers.turned) + first, to: hidden)
        run(half.second, rows: channels.count, from: hidden, to: address(buffers.mixed) + first)
    }

    /// The second half of a block for some tokens, and their normalisation for the next block.
    private func mixChannels(_ tokens: Range<Int>) {
        let half = plan.blocks[block].channels
        let channels = BlendshapeLayers.channels
        let (features, mixed) = (address(buffers.features), address(buffers.mixed))
        for token in tokens {
            let row = features + token * channels
            for channel in 0..<channels { row[channel] += mixed[channel * BlendshapePlan.tokenStride + token] }
            let target = address(buffers.normalised) + token * channels
            normalise(token, half.scale) { target.storeVector($0, $1) }
        }
        let first = tokens.lowerBound * channels
        let hidden = address(buffers.hidden) + tokens.lowerBound * half.first.columns
        run(half.first, rows: tokens.count, from: address(buffers.normalised) + first, to: hidden)
        run(half.second, rows: tokens.count, from: hidden, to: features + first, residual: features + first)
        guard block + 1 < plan.blocks.count else { return }
        for token in tokens { normaliseTurned(token, plan.blocks[block + 1].tokens.scale) }
    }

    private func normaliseTurned(_ token: Int, _ scale: Tensor) {
        let target = address(buffers.turned) + token
        normalise(token, scale) { values, channel in
            for lane in 0..<8 { target[(channel + lane) * BlendshapePlan.tokenStride] = values[lane] }
        }
    }

    /// What the network adds to a variance, in half precision.
    private static let epsilon: Float = 1.0132789611816406e-06

    /// A token's channels less their mean, by their standard deviation, times the scale of each, eight at a time.
    @inline(__always)
    private func normalise(_ token: Int, _ scale: Tensor, _ store: (SIMD8<Float>, Int) -> Void) {
        let channels = BlendshapeLayers.channels
        let row = address(buffers.features) + token * channels
        var sum = SIMD8<Float>.zero
        for channel in stride(from: 0, to: channels, by: 8) { sum += row.loadVector(channel) }
        let mean = sum.sum() / Float(channels)
        var squares = SIMD8<Float>.zero
        for channel in stride(from: 0, to: channels, by: 8) {
            let difference = row.loadVector(channel) - mean
            squares += difference * difference
        }
        let factor = 1 / (squares.sum() / Float(channels) + Self.epsilon).squareRoot()
        scale.withPointer { scale in
            for channel in stride(from: 0, to: channels, by: 8) {
                store((row.loadVector(channel) - mean) * (scale.loadVector(channel) * factor), channel)
            }
        }
    }

    private func run(
        _ product: MatrixProduct, rows: Int, from input: UnsafeMutablePointer<Float>,
        to output: UnsafeMutablePointer<Float>, residual: UnsafeMutablePointer<Float>? = nil
    ) {
        product.run(
            plan.kernels, slice: 0, rows: rows, input: UnsafePointer(input), output: output,
            residual: residual.map { UnsafePointer($0) }, scratch: output)
    }
}

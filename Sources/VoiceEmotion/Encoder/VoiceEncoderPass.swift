import TensorEngine
import TransformerLayers

/// One thread's memory for the encoder, and a window's way through it. Used by one caller at a time.
final class VoiceEncoderPass {
    private let plan: VoiceEncoderPlan
    private let memory: UnsafeMutablePointer<Float>
    private let buffers: Buffers

    private static let (bands, channels) = (VoiceSpectrum.bands, VoiceEncoderWeights.channels)
    private static let (frames, tokens) = (VoiceSpectrum.frames, VoiceEncoderWeights.tokens)
    private static let (inner, run) = (VoiceEncoderWeights.inner, VoiceEncoderPlan.run)
    /// Channels of what a head attends with.
    private static let headPitch = 3 * VoiceEncoderWeights.headChannels

    private struct Buffers {
        /// `[frames + 2, bands]`: the window, a row of zeros before and behind it.
        let input: Arena.Buffer
        /// `[frames + 2, channels]`, likewise.
        let frames: Arena.Buffer
        /// `[tokens, channels]`.
        let tokens: Arena.Buffer
        /// `[tokens, channels]`: what the heads found, and before and after that a run of normalised tokens.
        let context: Arena.Buffer
        /// `[tokens, rank]`: what is between two narrow matrices.
        let narrow: Arena.Buffer
        /// `[tokens, 3 · head's channels]`.
        let head: Arena.Buffer
        let keys: Arena.Buffer
        let scores: Arena.Buffer
        /// `[run, inner]`.
        let inner: Arena.Buffer
        /// A float a row.
        let pairSums: Arena.Buffer
        let scratch: Arena.Buffer
    }

    init(_ plan: VoiceEncoderPlan) {
        self.plan = plan
        var arena = Arena()
        let stride = Attention.stride(of: Self.tokens)
        buffers = Buffers(
            input: arena.reserve((Self.frames + 2) * Self.bands),
            frames: arena.reserve((Self.frames + 2) * Self.channels),
            tokens: arena.reserve(Self.tokens * Self.channels), context: arena.reserve(Self.tokens * Self.channels),
            narrow: arena.reserve(Self.tokens * plan.largestRank), head: arena.reserve(Self.tokens * Self.headPitch),
            keys: arena.reserve(VoiceEncoderWeights.headChannels * stride),
            scores: arena.reserve(Self.tokens * stride), inner: arena.reserve(Self.run * Self.inner),
            pairSums: arena.reserve(Self.frames), scratch: arena.reserve(plan.scratchCount))
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: arena.count * 4, alignment: 64)
        memory = bytes.bindMemory(to: Float.self, capacity: arena.count)
        memory.initialize(repeating: 0, count: arena.count)
    }

    deinit { memory.deallocate() }

    private func address(_ buffer: Arena.Buffer) -> UnsafeMutablePointer<Float> {
        Arena.address(of: buffer, in: memory)
    }

    /// Mean and standard deviation of each channel over the tokens with sound.
    ///
    /// - Parameter power: `[300, 80]`, as ``VoiceSpectrum`` gives it.
    /// - Returns: 512 means, then 512 deviations.
    func features(_ power: [Float]) -> [Float] {
        precondition(power.count == Self.frames * Self.bands, "\(power.count) values for a window")
        let sounding = begin(power)
        for run in 0..<VoiceEncoderPlan.runs { convolve(run) }
        for block in plan.blocks {
            for run in 0..<VoiceEncoderPlan.runs { prepareHeads(block, run) }
            attend(block)
            for run in 0..<VoiceEncoderPlan.runs { finish(block, run) }
        }
        return pool(sounding)
    }

    /// Writes the input: decades below the window's loudest value, 8 at most.
    ///
    /// - Returns: the tokens with sound, down to 35 dB below the loudest frame.
    private func begin(_ power: [Float]) -> Range<Int> {
        let loudest = power.reduce(-.infinity, max)
        let input = address(buffers.input) + Self.bands
        return power.withUnsafeBufferPointer { power in
            guard let source = power.baseAddress else { return 0..<0 }
            for place in 0..<power.count { input[place] = (max(source[place] - loudest, -8) + 5.5) / 4 }
            let levels = (0..<Self.frames).map { frame in
                VectorFunctions.sumOfPowers(
                    source + frame * Self.bands, count: Self.bands, factor: 2.302_585_1, highest: loudest)
            }
            // 8.06 as a natural logarithm.
            let least = (levels.max() ?? 0) * 3.159_252e-4
            let first = levels.firstIndex { $0 > least } ?? 0
            let end = (levels.lastIndex { $0 > least } ?? Self.frames - 1) + 1
            return (first / 2)..<((end + 1) / 2)
        }
    }

    /// Both convolutions for the tokens of a run, which the runs before and the frames around it reach into.
    private func convolve(_ run: Int) {
        let (channels, rows) = (Self.channels, Self.run)
        let frames = address(buffers.frames)
        let first = 2 * run * rows
        multiply(
            plan.firstConvolution, 2 * rows, address(buffers.input) + first * Self.bands,
            into: frames + (first + 1) * channels)
        VectorFunctions.applyGELU(
            frames + (first + 1) * channels, rows: 2 * rows, columns: channels, stride: channels)
        let tokens = address(buffers.tokens) + run * rows * channels
        multiply(plan.secondConvolution, frames + first * channels, into: tokens)
        VectorFunctions.applyGELU(tokens, rows: rows, columns: channels, stride: channels)
        plan.positions.withPointer { positions in
            let positions = positions + run * rows * channels
            for place in stride(from: 0, to: rows * channels, by: 8) {
                tokens.storeVector(tokens.loadVector(place) + positions.loadVector(place), place)
            }
        }
    }

    /// What heads attend with, as far as they share it, for the tokens of a run.
    private func prepareHeads(_ block: VoiceEncoderPlan.Block, _ run: Int) {
        let first = run * Self.run
        let normalised = address(buffers.context)
        block.headsNorm.apply(
            rows: Self.run, from: address(buffers.tokens) + first * Self.channels, to: normalised)
        multiply(
            block.heads.first, Self.run, normalised,
            into: address(buffers.narrow) + first * block.heads.first.columns)
    }

    private func attend(_ block: VoiceEncoderPlan.Block) {
        let (kernel, tokens, width) = (block.heads.second, Self.tokens, VoiceEncoderWeights.headChannels)
        let (narrow, sums, queries) = (
            address(buffers.narrow), address(buffers.pairSums), address(buffers.head)
        )
        let attention = Attention(
            length: tokens, width: width, pitch: Self.headPitch, keys: address(buffers.keys),
            scores: address(buffers.scores))
        kernel.sumPairs(rows: tokens, input: narrow, into: sums)
        for head in 0..<VoiceEncoderWeights.heads {
            var operands = MatrixOperands(
                slice: head, rows: tokens, input: narrow, output: queries, scratch: address(buffers.scratch))
            operands.pairSums = UnsafePointer(sums)
            kernel.run(operands)
            attention.run(queries, into: address(buffers.context) + head * width, stride: Self.channels)
        }
    }

    /// The rest of a block for the tokens of a run.
    private func finish(_ block: VoiceEncoderPlan.Block, _ run: Int) {
        let rows = Self.run
        let tokens = address(buffers.tokens) + run * rows * Self.channels
        let context = address(buffers.context) + run * rows * Self.channels
        multiply(block.context, context, into: tokens)
        // The run's part of the heads' results is needed no more.
        block.innerNorm.apply(rows: rows, from: tokens, to: context)
        let (narrow, inner) = (address(buffers.narrow), address(buffers.inner))
        let (sums, kernel) = (address(buffers.pairSums), block.widening.second)
        multiply(block.widening.first, rows, context, into: narrow)
        kernel.sumPairs(rows: rows, input: narrow, into: sums)
        for slice in kernel.slices.indices {
            let columns = kernel.slices[slice].columns
            var operands = MatrixOperands(
                slice: slice, rows: rows, input: narrow, output: inner + columns.lowerBound,
                scratch: address(buffers.scratch))
            operands.pairSums = UnsafePointer(sums)
            kernel.run(operands)
            VectorFunctions.applyGELU(
                inner + columns.lowerBound, rows: rows, columns: columns.count, stride: Self.inner)
        }
        multiply(block.narrowing, inner, into: tokens)
    }

    /// A run of tokens through both narrow matrices.
    private func multiply(
        _ narrowed: VoiceEncoderPlan.Narrowed, _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
    ) {
        let narrow = address(buffers.narrow)
        multiply(narrowed.first, Self.run, input, into: narrow)
        multiply(narrowed.second, Self.run, narrow, into: output)
    }

    private func multiply(
        _ kernel: any MatrixKernel, _ rows: Int, _ input: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>
    ) {
        let sums = address(buffers.pairSums)
        kernel.sumPairs(rows: rows, input: input, into: sums)
        var operands = MatrixOperands(rows: rows, input: input, output: output, scratch: address(buffers.scratch))
        operands.pairSums = UnsafePointer(sums)
        if kernel.form.addsResidual { operands.residual = UnsafePointer(output) }
        kernel.run(operands)
    }

    private func pool(_ sounding: Range<Int>) -> [Float] {
        let channels = Self.channels
        let tokens = address(buffers.tokens)
        let count = Float(sounding.count)
        var result = [Float](repeating: 0, count: 2 * channels)
        result.withUnsafeMutableBufferPointer { result in
            guard let result = result.baseAddress else { return }
            for channel in stride(from: 0, to: channels, by: 8) {
                var sum = SIMD8<Float>.zero
                for token in sounding { sum += tokens.loadVector(token * channels + channel) }
                let mean = sum / count
                var squares = SIMD8<Float>.zero
                for token in sounding {
                    let difference = tokens.loadVector(token * channels + channel) - mean
                    squares += difference * difference
                }
                result.storeVector(mean, channel)
                result.storeVector((squares / count + 1e-5).squareRoot(), channels + channel)
            }
        }
        return result
    }
}

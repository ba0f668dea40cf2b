internal import NetworkPlanning
import TensorEngine
import TransformerLayers

/// The encoder's weights, packed, and its kernels, for one window at a time.
struct VoiceEncoderPlan: Sendable {
    struct Narrowed: Sendable {
        let first: any MatrixKernel
        let second: any MatrixKernel
    }

    struct Block: Sendable {
        let headsNorm: LayerNorm
        /// A slice a head: its queries, keys and values.
        let heads: Narrowed
        let context: Narrowed
        let innerNorm: LayerNorm
        let widening: Narrowed
        let narrowing: Narrowed
    }

    /// Tokens that go through a layer together where that concerns each alone, so that what is between two products stays in the
    /// second-level cache.
    static let run = 50
    /// Runs of a window.
    static let runs = VoiceEncoderWeights.tokens / run
    /// Channels that are computed before GELU's turn, so that they are still in the cache.
    private static let widestSlice = 256

    let firstConvolution: any MatrixKernel
    let secondConvolution: Narrowed
    /// `[tokens, channels]`.
    let positions: Tensor
    let blocks: [Block]
    /// Channels between two narrow matrices, at most.
    let largestRank: Int

    static func make(_ weights: VoiceEncoderWeights, path: KernelPath) -> VoiceEncoderPlan {
        path.plan { backend, _ in VoiceEncoderPlan(weights, on: backend) }
    }

    private init(_ weights: VoiceEncoderWeights, on backend: any KernelBackend) {
        let (channels, width) = (VoiceEncoderWeights.channels, VoiceEncoderWeights.headChannels)
        func slices(_ count: Int, of columns: Int, outputStride: Int) -> [MatrixSlice] {
            (0..<count).map { MatrixSlice(($0 * columns)..<(($0 + 1) * columns), outputStride: outputStride) }
        }
        func narrowed(
            _ weights: VoiceEncoderWeights.Narrowed, _ slices: [MatrixSlice], rows: Int = Self.run,
            inputStride: Int? = nil, addsResidual: Bool = false
        ) -> Narrowed {
            let rank = [MatrixSlice(0..<weights.rank, outputStride: weights.rank)]
            return Narrowed(
                first: backend.kernel(
                    for: weights.first.product(rank, rows: .exactly([Self.run]), inputStride: inputStride)),
                second: backend.kernel(
                    for: weights.second.product(slices, rows: .exactly([rows]), addsResidual: addsResidual)))
        }
        let whole = slices(1, of: channels, outputStride: channels)
        let wide = slices(
            VoiceEncoderWeights.inner / Self.widestSlice, of: Self.widestSlice,
            outputStride: VoiceEncoderWeights.inner)
        firstConvolution = backend.kernel(
            for: weights.firstConvolution.product(
                whole, rows: .exactly([2 * Self.run]), inputStride: VoiceSpectrum.bands))
        secondConvolution = narrowed(weights.secondConvolution, whole, inputStride: 2 * channels)
        positions = weights.positions
        blocks = weights.blocks.map { block in
            Block(
                headsNorm: block.headsNorm,
                heads: narrowed(
                    block.heads, slices(VoiceEncoderWeights.heads, of: 3 * width, outputStride: 3 * width),
                    rows: VoiceEncoderWeights.tokens),
                context: narrowed(block.context, whole, addsResidual: true), innerNorm: block.innerNorm,
                widening: narrowed(block.widening, wide),
                narrowing: narrowed(block.narrowing, whole, addsResidual: true))
        }
        largestRank = weights.blocks.reduce(weights.secondConvolution.rank) { largest, block in
            max(largest, block.heads.rank, block.context.rank, block.widening.rank, block.narrowing.rank)
        }
    }

    /// Floats of scratch that any run of a kernel needs.
    var scratchCount: Int {
        let run = Self.run
        func count(_ part: Narrowed, rows: Int = run) -> Int {
            max(part.first.scratchCount(rows: run), part.second.scratchCount(rows: rows))
        }
        let convolutions = max(firstConvolution.scratchCount(rows: 2 * run), count(secondConvolution))
        return blocks.reduce(convolutions) { largest, block in
            max(
                largest, count(block.heads, rows: VoiceEncoderWeights.tokens), count(block.context),
                count(block.widening), count(block.narrowing))
        }
    }
}

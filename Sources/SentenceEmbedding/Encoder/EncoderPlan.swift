import NetworkPlanning
import TensorEngine
import TransformerLayers

/// A transformer encoder whose weights are packed and whose kernels are chosen, for texts of any length.
struct EncoderPlan: Sendable {
    struct Block: Sendable {
        /// A slice a head: its queries, keys and values.
        let heads: any MatrixKernel
        let context: any MatrixKernel
        let contextNorm: LayerNorm
        let widening: any MatrixKernel
        let narrowing: any MatrixKernel
        let outputNorm: LayerNorm
    }

    /// Channels between the two layers that are computed before GELU's turn, so that they are still in the cache.
    private static let widestSlice = 192

    let shape: EncoderShape
    /// `[positions, channels]`.
    let positions: Tensor
    let inputNorm: LayerNorm
    let blocks: [Block]

    static func make(_ weights: EncoderWeights, _ shape: EncoderShape, path: KernelPath) -> EncoderPlan {
        path.plan { backend, _ in EncoderPlan(weights, shape, on: backend) }
    }

    private init(_ weights: EncoderWeights, _ shape: EncoderShape, on backend: any KernelBackend) {
        self.shape = shape
        positions = weights.positions
        inputNorm = weights.inputNorm
        let head = 3 * shape.headChannels
        let headSlices = (0..<shape.heads).map { MatrixSlice(($0 * head)..<(($0 + 1) * head), outputStride: head) }
        let innerSlices = stride(from: 0, to: shape.inner, by: Self.widestSlice).map {
            MatrixSlice($0..<min($0 + Self.widestSlice, shape.inner), outputStride: shape.inner)
        }
        let whole = [MatrixSlice(0..<shape.channels, outputStride: shape.channels)]
        blocks = weights.blocks.map { block in
            Block(
                heads: backend.kernel(for: block.heads.product(headSlices, rows: .any)),
                context: backend.kernel(for: block.context.product(whole, rows: .any, addsResidual: true)),
                contextNorm: block.contextNorm,
                widening: backend.kernel(for: block.widening.product(innerSlices, rows: .any)),
                narrowing: backend.kernel(for: block.narrowing.product(whole, rows: .any, addsResidual: true)),
                outputNorm: block.outputNorm)
        }
    }
}

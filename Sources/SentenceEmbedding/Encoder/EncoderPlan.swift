import NetworkPlanning
import TensorEngine

/// A transformer encoder whose weights are packed and whose kernels are chosen, for texts of any length.
struct EncoderPlan: Sendable {
    struct Block: Sendable {
        /// A slice a head: its queries, keys and values.
        let heads: any MatrixKernel
        let context: any MatrixKernel
        let contextNorm: Norm
        let widening: any MatrixKernel
        let narrowing: any MatrixKernel
        let outputNorm: Norm
    }

    struct Norm: Sendable {
        let scale: Tensor
        let shift: Tensor

        init(_ norm: EncoderWeights.Norm) { (scale, shift) = (norm.scale, norm.shift) }
    }

    /// Channels between the two layers that are computed before GELU's turn, so that they are still in the cache.
    private static let widestSlice = 192

    let shape: EncoderShape
    /// `[positions, channels]`.
    let positions: Tensor
    let inputNorm: Norm
    let blocks: [Block]

    static func make(_ weights: EncoderWeights, _ shape: EncoderShape, path: KernelPath) -> EncoderPlan {
        path.plan { backend, _ in EncoderPlan(weights, shape, on: backend) }
    }

    private init(_ weights: EncoderWeights, _ shape: EncoderShape, on backend: any KernelBackend) {
        self.shape = shape
        positions = weights.positions
        inputNorm = Norm(weights.inputNorm)
        let head = 3 * shape.headChannels
        let headSlices = (0..<shape.heads).map { MatrixSlice(($0 * head)..<(($0 + 1) * head), outputStride: head) }
        let innerSlices = stride(from: 0, to: shape.inner, by: Self.widestSlice).map {
            MatrixSlice($0..<min($0 + Self.widestSlice, shape.inner), outputStride: shape.inner)
        }
        let whole = [MatrixSlice(0..<shape.channels, outputStride: shape.channels)]
        blocks = weights.blocks.map { block in
            Block(
                heads: backend.kernel(for: Self.product(block.heads, headSlices)),
                context: backend.kernel(for: Self.product(block.context, whole, addsResidual: true)),
                contextNorm: Norm(block.contextNorm),
                widening: backend.kernel(for: Self.product(block.widening, innerSlices)),
                narrowing: backend.kernel(for: Self.product(block.narrowing, whole, addsResidual: true)),
                outputNorm: Norm(block.outputNorm))
        }
    }

    private static func product(
        _ product: EncoderWeights.Product, _ slices: [MatrixSlice], addsResidual: Bool = false
    ) -> MatrixProduct {
        var form = MatrixForm(segmentLength: product.weight.depth, inputStride: product.weight.depth)
        form.addsResidual = addsResidual
        form.providesPairSums = true
        return MatrixProduct(form, weight: product.weight, bias: product.bias, slices: slices, rows: .any)
    }
}

import KernelCompiler
import TensorEngine

/// A transformer encoder whose weights are packed and whose kernels are made, for texts of any length.
struct EncoderPlan: Sendable {
    struct Block: Sendable {
        /// A slice a head: its queries, keys and values.
        let heads: MatrixProduct
        let context: MatrixProduct
        let contextNorm: Norm
        let widening: MatrixProduct
        let narrowing: MatrixProduct
        let outputNorm: Norm
    }

    struct Norm: Sendable {
        let scale: Tensor
        let shift: Tensor

        init(_ norm: EncoderWeights.Norm) { (scale, shift) = (norm.scale, norm.shift) }
    }

    /// Rows of a tile at most: more than the registers hold.
    private static let largestTile = 9
    /// Channels between the two layers that are computed before GELU's turn, so that they are still in the cache.
    private static let widestSlice = 192

    let shape: EncoderShape
    /// `[positions, channels]`.
    let positions: Tensor
    let inputNorm: Norm
    let blocks: [Block]
    let kernels: MadeKernels?

    static func make(_ weights: EncoderWeights, _ shape: EncoderShape, path: KernelPath) -> EncoderPlan {
        guard case .made(let set) = path else { return EncoderPlan(weights, shape, batch: nil) }
        let plan = EncoderPlan(weights, shape, batch: KernelBatch(set))
        return plan.kernels == nil ? EncoderPlan(weights, shape, batch: nil) : plan
    }

    private init(_ weights: EncoderWeights, _ shape: EncoderShape, batch: KernelBatch?) {
        var batch = batch
        self.shape = shape
        positions = weights.positions
        inputNorm = Norm(weights.inputNorm)
        let head = 3 * shape.headChannels
        let headSlices = (0..<shape.heads).map { (($0 * head)..<(($0 + 1) * head), head) }
        let innerSlices = stride(from: 0, to: shape.inner, by: Self.widestSlice).map {
            ($0..<min($0 + Self.widestSlice, shape.inner), shape.inner)
        }
        let whole = [(0..<shape.channels, shape.channels)]
        var blocks: [Block] = []
        for block in weights.blocks {
            blocks.append(
                Block(
                    heads: Self.product(block.heads, headSlices, &batch),
                    context: Self.product(block.context, whole, addsResidual: true, &batch),
                    contextNorm: Norm(block.contextNorm),
                    widening: Self.product(block.widening, innerSlices, &batch),
                    narrowing: Self.product(block.narrowing, whole, addsResidual: true, &batch),
                    outputNorm: Norm(block.outputNorm)))
        }
        self.blocks = blocks
        kernels = batch?.seal()
    }

    private static func product(
        _ product: EncoderWeights.Product, _ slices: [(columns: Range<Int>, outputStride: Int)],
        addsResidual: Bool = false, _ batch: inout KernelBatch?
    ) -> MatrixProduct {
        var form = MatrixProduct.Form(segmentLength: product.weight.depth, inputStride: product.weight.depth)
        form.addsResidual = addsResidual
        form.providesPairSums = true
        return MatrixProduct(
            form, weight: product.weight, bias: product.bias, slices: slices, rowCounts: Set(1...largestTile),
            largestTile: largestTile, batch: &batch)
    }
}

import X86Kernels
import NeuralLayers
import TensorEngine

/// A block of the mesh network, planned for one input size and a number of threads.
///
/// Strips of output rows are the units of parallel work. A strip is computed a few rows at a time: the narrow rows that
/// the next windows need go round a ring, so that all but the block's input and output stays in the first-level cache.
final class MeshBlockPlan: Sendable {
    let input: Size
    let output: Size
    let inputChannels: Int
    let middleChannels: Int
    let outputChannels: Int
    let halves: Bool
    let narrow: MatrixProduct
    let depthwise: DepthwiseProduct
    let widen: MatrixProduct
    let strips: [Range<Int>]
    /// Output rows at a time.
    let rowsAtATime: Int

    /// Pixels at a time, about: enough for products to run at speed, few enough for the first-level cache.
    private static let pixelsAtATime = 128
    /// Maps of fewer rows are not worth a second thread.
    private static let rowsWorthSharing = 8
    /// Maps of as many pixels wait for their weights, which stay in half precision.
    private static let fewPixels = 16

    init(_ block: MeshBlock, input: Size, threads: Int, batch: inout KernelBatch?) {
        let output = block.narrow.geometry(for: input).output
        let rowsAtATime = max(1, min(output.height, Self.pixelsAtATime / output.width))
        self.input = input
        self.output = output
        self.rowsAtATime = rowsAtATime
        inputChannels = block.inputChannels
        middleChannels = block.middleChannels
        outputChannels = block.outputChannels
        halves = block.halves
        strips = Self.strips(of: output.height, threads: threads)
        var form = MatrixProduct.Form(
            segmentLength: block.narrow.kernel.width * inputChannels,
            inputStride: block.narrow.stride * inputChannels)
        form.segments = block.narrow.kernel.height
        form.activation = .pReLU
        form.keepsHalves = output.area <= Self.fewPixels
        narrow = MatrixProduct(
            form, weight: block.narrow.matrix, bias: block.narrow.bias, slope: block.narrowSlope,
            slices: [(0..<middleChannels, middleChannels)],
            rowCounts: block.halves ? [output.width] : Set((1...(rowsAtATime + 2)).map { $0 * output.width }),
            batch: &batch)
        depthwise = DepthwiseProduct(
            geometry: block.depthwise.geometry(for: output), weight: block.depthwise.weight,
            bias: block.depthwise.bias, activation: .identity, slices: [0..<middleChannels],
            inputStrides: [middleChannels], outputStrides: [middleChannels], batch: &batch)
        form = MatrixProduct.Form(segmentLength: middleChannels, inputStride: middleChannels)
        form.activation = .pReLU
        form.addsResidual = true
        form.keepsHalves = output.area <= Self.fewPixels
        widen = MatrixProduct(
            form, weight: block.widen.matrix, bias: block.widen.bias, slope: block.slope,
            slices: [(0..<outputChannels, outputChannels)],
            rowCounts: Set((1...rowsAtATime).map { $0 * output.width }), batch: &batch)
    }

    /// One strip a thread, where the map is worth it.
    static func strips(of rows: Int, threads: Int) -> [Range<Int>] {
        let count = max(1, min(threads, rows / (rowsWorthSharing / 2)))
        let used = rows < rowsWorthSharing ? 1 : count
        return (0..<used).map { ($0 * rows / used)..<(($0 + 1) * rows / used) }
    }

    /// Narrow rows that the ring holds: those under the windows of the rows at a time.
    var ringRows: Int { rowsAtATime + 2 }
    var ringCount: Int { ringRows * output.width * middleChannels }
    /// Floats of the depthwise rows at a time.
    var middleCount: Int { rowsAtATime * output.width * middleChannels }
    /// Floats of the pooled rows at a time.
    var pooledCount: Int { halves ? rowsAtATime * output.width * outputChannels : 0 }
    /// Floats that the portable path gathers rows in.
    var gatheredCount: Int { narrow.scratchCount(rows: output.width) }
}

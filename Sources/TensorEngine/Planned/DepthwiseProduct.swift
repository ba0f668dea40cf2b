package import KernelCompiler

/// A depthwise convolution, planned: a few rows at a time for slices of channels, summing its outputs for the squeeze on
/// the way.
package final class DepthwiseProduct: Sendable {
    package let geometry: ConvolutionGeometry
    package let channels: Int
    package let slices: [Range<Int>]
    private let activation: Activation
    /// Floats from one input pixel to the next, for each slice.
    private let inputStrides: [Int]
    /// `[kH · kW + 1, C]`: the taps, then the biases.
    private let weights: Tensor
    private let kernels: [KernelBatch.Handle]

    /// - Parameters:
    ///   - weight: `[kH · kW, C]`, C a multiple of 8, a square kernel of at most 5.
    ///   - bias: `[C]`.
    ///   - slices: runs of channels, each a multiple of 8.
    ///   - inputStrides: floats from one input pixel to the next, one a slice.
    ///   - batch: where kernels are made; nil plans the portable path.
    package init(
        geometry: ConvolutionGeometry, weight: Tensor, bias: Tensor, activation: Activation, slices: [Range<Int>],
        inputStrides: [Int], batch: inout KernelBatch?
    ) {
        let channels = bias.shape.count
        precondition(
            geometry.kernel.height == geometry.kernel.width && geometry.kernel.height <= DepthwiseRows.largest,
            "a square kernel of at most \(DepthwiseRows.largest), not \(geometry.kernel)")
        precondition(weight.shape == [geometry.kernel.area, channels], "unexpected weight \(weight.shape)")
        self.geometry = geometry
        self.channels = channels
        self.slices = slices
        self.activation = activation
        self.inputStrides = inputStrides
        weights = Tensor(weight.scalars + bias.scalars, shape: [geometry.kernel.area + 1, channels])
        var kernels: [KernelBatch.Handle] = []
        for (slice, inputStride) in zip(slices, inputStrides) {
            let strip = DepthwiseStrip(
                inputWidth: geometry.columns.input, outputWidth: geometry.columns.output,
                kernel: geometry.columns.kernel, stride: geometry.columns.stride,
                paddingBefore: geometry.columns.before, channels: slice.count, inputStride: inputStride,
                outputStride: channels, weightStride: channels, activation: activation.made)
            if let handle = batch?.make(strip) { kernels.append(handle) }
        }
        self.kernels = kernels
    }

    /// Consecutive output rows of one slice.
    ///
    /// - Parameters:
    ///   - made: the sealed batch the layer was planned with; nil for the portable path.
    ///   - rowCount: output rows, at least one.
    ///   - rows: the first pixel of each input row, at the slice's first channel: the kernel's for the first output row,
    ///     and `stride` further ones for every other; a row beyond the border points at zeros.
    ///   - output: the slice's first channel in the first output pixel; pixels lie `channels` apart.
    ///   - sums: the slice's first channel of the sums that the outputs are added to.
    /// - Complexity: O(rows · W′ · kH · kW · slice); allocates nothing.
    package func run(
        _ made: MadeKernels?, slice index: Int, rowCount: Int, rows: UnsafePointer<UnsafePointer<Float>>,
        output: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
    ) {
        let slice = slices[index]
        weights.withPointer { weights in
            let weights = weights + slice.lowerBound
            if let made {
                let arguments = DepthwiseStrip.Arguments(
                    rows: rows, rowCount: rowCount, weights: weights, output: output, sums: sums,
                    constants: made.constants)
                withUnsafePointer(to: arguments) { made.function(kernels[index])(UnsafeRawPointer($0)) }
            } else {
                let row = PortableDepthwiseRow(
                    columns: geometry.columns, channels: slice.count, inputStride: inputStrides[index],
                    outputStride: channels, weightStride: channels, activation: activation)
                let bias = weights + geometry.kernel.area * channels
                for y in 0..<rowCount {
                    row.compute(
                        rows + y * geometry.rows.stride, tapRows: 0..<geometry.rows.kernel, weights: weights,
                        bias: bias,
                        into: output + y * geometry.output.width * channels, addingTo: sums)
                }
            }
        }
    }
}

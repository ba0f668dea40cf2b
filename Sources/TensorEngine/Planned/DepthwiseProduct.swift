package import X86Kernels

/// A depthwise convolution, planned: a few rows at a time for slices of channels, summing its outputs for the squeeze on
/// the way.
package final class DepthwiseProduct: Sendable {
    package let geometry: ConvolutionGeometry
    package let channels: Int
    package let slices: [Range<Int>]
    private let activation: Activation
    /// Floats from one input pixel to the next, and from one output pixel to the next, for each slice.
    private let inputStrides: [Int]
    private let outputStrides: [Int]
    /// `[kH · kW + 1, C]`: the taps, then the biases.
    private let weights: Tensor
    /// The made kernels of each slice.
    private let strips: [[Strip]]

    /// Some channels of a slice, counted from its beginning, and the kernel that computes them.
    private struct Strip: Sendable {
        let channels: Range<Int>
        let kernel: KernelBatch.Handle
    }

    /// Of the first-level cache, what the input rows under a window may take: of usual 32 KiB, what leaves room for outputs.
    private static let cachedFloats = 6_144
    /// Channels that a run is made of, a vector of AVX-512, and how many such units it may always have: with fewer, what
    /// each run begins with costs more than the cache spares.
    private static let (channelUnit, fewestUnits) = (16, 2)

    /// - Parameters:
    ///   - weight: `[kH · kW, C]`, C a multiple of 8, a square kernel of at most 5.
    ///   - bias: `[C]`.
    ///   - slices: runs of channels, each a multiple of 8.
    ///   - inputStrides: floats from one input pixel to the next, one a slice.
    ///   - outputStrides: likewise of output pixels.
    ///   - batch: where kernels are made; nil plans the portable path.
    package init(
        geometry: ConvolutionGeometry, weight: Tensor, bias: Tensor, activation: Activation, slices: [Range<Int>],
        inputStrides: [Int], outputStrides: [Int], batch: inout KernelBatch?
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
        self.outputStrides = outputStrides
        weights = Tensor(weight.scalars + bias.scalars, shape: [geometry.kernel.area + 1, channels])
        strips = slices.indices.map { index in
            Self.channelRuns(of: slices[index].count, geometry).compactMap { run in
                let strip = DepthwiseStrip(
                    inputWidth: geometry.columns.input, outputWidth: geometry.columns.output,
                    kernel: geometry.columns.kernel, stride: geometry.columns.stride,
                    paddingBefore: geometry.columns.before, channels: run.count, inputStride: inputStrides[index],
                    outputStride: outputStrides[index], weightStride: channels, activation: activation.made)
                guard let kernel = batch?.make(strip) else { return nil }
                return Strip(channels: run, kernel: kernel)
            }
        }
    }

    /// As few runs of channels, evened out, as keep the input rows under a window in the first-level cache from one row of
    /// outputs to the next, where 32 channels of them fit there.
    private static func channelRuns(of channels: Int, _ geometry: ConvolutionGeometry) -> [Range<Int>] {
        let unit = channelUnit
        let largest = max(cachedFloats / (geometry.kernel.height * geometry.columns.input) / unit, fewestUnits)
        let units = (channels + unit - 1) / unit
        let count = (units + largest - 1) / largest
        return (0..<count).map { run in
            (run * units / count * unit)..<min((run + 1) * units / count * unit, channels)
        }
    }

    /// Consecutive output rows of one slice.
    ///
    /// - Parameters:
    ///   - made: the sealed batch the layer was planned with; nil for the portable path.
    ///   - firstRow: the first of the output rows.
    ///   - rowCount: how many, at least one.
    ///   - rows: the first pixel of each input row, at the slice's first channel: the kernel's for the first output row,
    ///     and `stride` further ones for every other; a row beyond the border points at zeros.
    ///   - output: the slice's first channel in the first output pixel.
    ///   - sums: the slice's first channel of the sums that the outputs are added to.
    /// - Complexity: O(rows · W′ · kH · kW · slice); allocates nothing.
    package func run(
        _ made: MadeKernels?, slice index: Int, firstRow: Int, rowCount: Int, rows: UnsafePointer<UnsafePointer<Float>>,
        output: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
    ) {
        weights.withPointer { weights in
            let weights = weights + slices[index].lowerBound
            guard let made else {
                return runPortable(
                    slice: index, firstRow: firstRow, rowCount: rowCount, rows: rows, weights: weights, output: output,
                    sums: sums)
            }
            for strip in strips[index] {
                let first = strip.channels.lowerBound
                let arguments = DepthwiseStrip.Arguments(
                    rows: rows, firstChannel: first, rowCount: rowCount, weights: weights + first,
                    output: output + first, sums: sums + first, constants: made.constants)
                withUnsafePointer(to: arguments) { made.function(strip.kernel)(UnsafeRawPointer($0)) }
            }
        }
    }

    private func runPortable(
        slice index: Int, firstRow: Int, rowCount: Int, rows: UnsafePointer<UnsafePointer<Float>>,
        weights: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
    ) {
        let row = PortableDepthwiseRow(
            columns: geometry.columns, channels: slices[index].count, inputStride: inputStrides[index],
            outputStride: outputStrides[index], weightStride: channels, activation: activation)
        let (taps, pitch) = (geometry.rows, geometry.output.width * outputStrides[index])
        let bias = weights + geometry.kernel.area * channels
        let fourRows = row.gainsFromFourRows
        var y = 0
        while y < rowCount {
            let (rows, target) = (rows + y * taps.stride, output + y * pitch)
            if fourRows && y + 4 <= rowCount {
                row.computeFourRows(
                    rows, tapRows: { taps.taps(ofOutput: firstRow + y + $0) }, weights: weights, bias: bias,
                    into: target, pitch: pitch, addingTo: sums)
                y += 4
            } else {
                row.compute(
                    rows, tapRows: taps.taps(ofOutput: firstRow + y), weights: weights, bias: bias, into: target,
                    addingTo: sums)
                y += 1
            }
        }
    }
}

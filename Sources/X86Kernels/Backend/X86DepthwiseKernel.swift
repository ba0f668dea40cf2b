internal import TensorEngine

/// A depthwise convolution on compiled ``DepthwiseStrip``s.
final class X86DepthwiseKernel: DepthwiseKernel {
    let geometry: ConvolutionGeometry
    let slices: [DepthwiseSlice]
    /// `[kH · kW + 1, C]`: the taps, then the biases.
    private let weights: Tensor
    private let strips: [Strip]
    /// Which of the strips each slice has.
    private let stripRanges: [Range<Int>]
    private let code: CompiledKernels

    /// Some channels of a slice, and the kernel that computes them.
    private struct Strip: Sendable {
        /// Of the first channel, counted from the beginning of the slice.
        let channel: Int
        let kernel: KernelBatch.Handle
    }

    /// How much of the first-level cache, usually 32 KiB, the input rows under a window may take, to leave room for outputs.
    private static let cachedFloats = 6_144
    /// A run is a multiple of these channels, a vector of AVX-512, and never less than so many of them: below that,
    /// starting a run costs more than the cache saves.
    private static let (channelUnit, fewestUnits) = (16, 2)

    init(_ convolution: DepthwiseProduct, _ batch: inout KernelBatch) {
        let (geometry, channels) = (convolution.geometry, convolution.bias.shape.count)
        self.geometry = geometry
        slices = convolution.slices
        weights = Tensor(
            convolution.weight.scalars + convolution.bias.scalars, shape: [geometry.kernel.area + 1, channels])
        var strips: [Strip] = []
        stripRanges = convolution.slices.map { slice in
            let first = strips.count
            for run in Self.channelRuns(of: slice.channels.count, geometry) {
                let strip = DepthwiseStrip(
                    geometry.columns, channels: run.count, inputStride: slice.inputStride,
                    outputStride: slice.outputStride, weightStride: channels, activation: convolution.activation)
                strips.append(Strip(channel: run.lowerBound, kernel: batch.compile(strip)))
            }
            return first..<strips.count
        }
        self.strips = strips
        code = batch.kernels
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

    func run(_ operands: DepthwiseOperands) {
        weights.withPointer { weights in
            let weights = weights + slices[operands.slice].channels.lowerBound
            for index in stripRanges[operands.slice] {
                let strip = strips[index]
                let arguments = DepthwiseStrip.Arguments(
                    rows: operands.rows, firstChannel: strip.channel, rowCount: operands.outputRows.count,
                    weights: weights + strip.channel, output: operands.output + strip.channel,
                    sums: operands.sums + strip.channel, constants: code.constants)
                withUnsafePointer(to: arguments) { code.function(strip.kernel)(UnsafeRawPointer($0)) }
            }
        }
    }
}

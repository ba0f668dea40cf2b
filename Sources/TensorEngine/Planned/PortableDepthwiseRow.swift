/// One row of a depthwise convolution for a slice of channels, in portable Swift: eight channels at a time, four
/// neighbouring output pixels sharing each loaded tap.
struct PortableDepthwiseRow {
    private typealias Vector = SIMD8<Float>

    let columns: AxisGeometry
    /// Channels after the last whole vector are computed one by one.
    let channels: Int
    /// Floats from one pixel, or one tap, to the next.
    let inputStride: Int
    let outputStride: Int
    let weightStride: Int

    /// The outputs with bias, before the activation.
    func compute(
        _ rows: DepthwiseRows, tapRows: Range<Int>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>
    ) {
        let interior = columns.interior
        var column = 0
        while column < columns.output {
            let left = column * columns.stride - columns.before
            let target = output + column * outputStride
            if interior.contains(column) && column + 4 <= interior.upperBound {
                four(rows, tapRows, left * inputStride, weights, bias, target)
                column += 4
            } else {
                let taps = max(-left, 0)..<min(columns.kernel, columns.input - left)
                one(rows, tapRows, taps, left * inputStride, weights, bias, target)
                column += 1
            }
        }
    }

    /// Applies the activation and adds each channel's outputs to its sum.
    func finish(
        _ output: UnsafeMutablePointer<Float>, _ activation: Activation, addingTo sums: UnsafeMutablePointer<Float>
    ) {
        for column in 0..<columns.output {
            let pixel = output + column * outputStride
            activation.apply(to: UnsafeMutableBufferPointer(start: pixel, count: channels))
            for channel in stride(from: 0, to: channels, by: 8) {
                sums.storeVector(sums.loadVector(channel) + pixel.loadVector(channel), channel)
            }
        }
    }

    @inline(__always)
    private func four(
        _ rows: DepthwiseRows, _ tapRows: Range<Int>, _ offset: Int, _ weights: UnsafePointer<Float>,
        _ bias: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        let step = columns.stride * inputStride
        for channel in stride(from: 0, to: channels & ~7, by: 8) {
            let start = bias.loadVector(channel)
            var (sum0, sum1, sum2, sum3) = (start, start, start, start)
            for tapRow in tapRows {
                var source = rows[tapRow] + (offset + channel)
                var taps = weights + (tapRow * columns.kernel * weightStride + channel)
                for _ in 0..<columns.kernel {
                    let tap = taps.loadVector(0)
                    sum0 += source.loadVector(0) * tap
                    sum1 += source.loadVector(step) * tap
                    sum2 += source.loadVector(2 * step) * tap
                    sum3 += source.loadVector(3 * step) * tap
                    taps += weightStride
                    source += inputStride
                }
            }
            output.storeVector(sum0, channel)
            output.storeVector(sum1, outputStride + channel)
            output.storeVector(sum2, 2 * outputStride + channel)
            output.storeVector(sum3, 3 * outputStride + channel)
        }
        guard channels & 7 != 0 else { return }
        for pixel in 0..<4 {
            scalars(
                rows, tapRows, 0..<columns.kernel, offset + pixel * step, weights, bias, output + pixel * outputStride)
        }
    }

    private func one(
        _ rows: DepthwiseRows, _ tapRows: Range<Int>, _ tapColumns: Range<Int>, _ offset: Int,
        _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        for channel in stride(from: 0, to: channels & ~7, by: 8) {
            var sum = bias.loadVector(channel)
            for tapRow in tapRows {
                for tapColumn in tapColumns {
                    let tap = weights.loadVector((tapRow * columns.kernel + tapColumn) * weightStride + channel)
                    sum += rows[tapRow].loadVector(offset + tapColumn * inputStride + channel) * tap
                }
            }
            output.storeVector(sum, channel)
        }
        scalars(rows, tapRows, tapColumns, offset, weights, bias, output)
    }

    private func scalars(
        _ rows: DepthwiseRows, _ tapRows: Range<Int>, _ tapColumns: Range<Int>, _ offset: Int,
        _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        for channel in (channels & ~7)..<channels {
            var sum = bias[channel]
            for tapRow in tapRows {
                for tapColumn in tapColumns {
                    sum +=
                        rows[tapRow][offset + tapColumn * inputStride + channel]
                        * weights[(tapRow * columns.kernel + tapColumn) * weightStride + channel]
                }
            }
            output[channel] = sum
        }
    }
}

extension AxisGeometry {
    /// The outputs whose whole window lies inside the input.
    package var interior: Range<Int> {
        let first = (before + stride - 1) / stride
        let last = input - kernel + before < 0 ? -1 : (input - kernel + before) / stride
        return first..<max(min(last + 1, output), first)
    }
}

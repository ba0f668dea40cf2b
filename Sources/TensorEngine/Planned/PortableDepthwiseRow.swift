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
        var channel = 0
        // Sums of four vectors at once, so that none waits for its own last addition.
        while channel + 32 <= channels {
            var (sum0, sum1) = (bias.loadVector(channel), bias.loadVector(channel + 8))
            var (sum2, sum3) = (bias.loadVector(channel + 16), bias.loadVector(channel + 24))
            for tapRow in tapRows {
                var source = rows[tapRow] + (offset + tapColumns.lowerBound * inputStride + channel)
                var taps = weights + ((tapRow * columns.kernel + tapColumns.lowerBound) * weightStride + channel)
                for _ in tapColumns {
                    sum0 += source.loadVector(0) * taps.loadVector(0)
                    sum1 += source.loadVector(8) * taps.loadVector(8)
                    sum2 += source.loadVector(16) * taps.loadVector(16)
                    sum3 += source.loadVector(24) * taps.loadVector(24)
                    source += inputStride
                    taps += weightStride
                }
            }
            output.storeVector(sum0, channel)
            output.storeVector(sum1, channel + 8)
            output.storeVector(sum2, channel + 16)
            output.storeVector(sum3, channel + 24)
            channel += 32
        }
        while channel + 8 <= channels {
            var sum = bias.loadVector(channel)
            for tapRow in tapRows {
                let source = rows[tapRow] + (offset + channel)
                let taps = weights + (tapRow * columns.kernel * weightStride + channel)
                for tap in tapColumns {
                    sum += source.loadVector(tap * inputStride) * taps.loadVector(tap * weightStride)
                }
            }
            output.storeVector(sum, channel)
            channel += 8
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

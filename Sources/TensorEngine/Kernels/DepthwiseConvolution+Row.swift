extension DepthwiseConvolution {
    private typealias Vector = SIMD8<Float>

    /// One row of output pixels, bias added, before the activation.
    ///
    /// - Parameters:
    ///   - row: which output row.
    ///   - input: the whole picture, `[H, W, C]`.
    ///   - weight: `[kH · kW, C]`.
    ///   - output: `[W′, C]`.
    func computeRow(
        _ row: Int, of input: UnsafePointer<Float>, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>
    ) {
        let columns = geometry.columns
        let top = row * geometry.rows.stride - geometry.rows.before
        let tapRows = max(-top, 0)..<min(geometry.rows.kernel, geometry.rows.input - top)
        let interior = columns.interior
        var column = 0
        while column < columns.output {
            let left = column * columns.stride - columns.before
            // Row and column of the first tap may lie beyond the border; only taps inside are ever read.
            let origin = (top * columns.input + left) * channels
            if interior.contains(column) && column + 4 <= interior.upperBound {
                four(at: input, origin, tapRows, weight, bias, output + column * channels)
                column += 4
            } else {
                let tapColumns = max(-left, 0)..<min(columns.kernel, columns.input - left)
                one(at: input, origin, tapRows, tapColumns, weight, bias, output + column * channels)
                column += 1
            }
        }
    }

    @inline(__always)
    private func four(
        at input: UnsafePointer<Float>, _ origin: Int, _ tapRows: Range<Int>, _ weight: UnsafePointer<Float>,
        _ bias: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        let kernel = geometry.columns.kernel
        let (pitch, step) = (geometry.columns.input * channels, geometry.columns.stride * channels)
        for channel in stride(from: 0, to: channels & ~7, by: 8) {
            let start = bias.loadVector(channel)
            var (sum0, sum1, sum2, sum3) = (start, start, start, start)
            for tapRow in tapRows {
                var taps = weight + tapRow * kernel * channels + channel
                var source = origin + tapRow * pitch + channel
                for _ in 0..<kernel {
                    let tap = taps.loadVector(0)
                    sum0 += input.loadVector(source) * tap
                    sum1 += input.loadVector(source + step) * tap
                    sum2 += input.loadVector(source + 2 * step) * tap
                    sum3 += input.loadVector(source + 3 * step) * tap
                    taps += channels
                    source += channels
                }
            }
            output.storeVector(sum0, channel)
            output.storeVector(sum1, channels + channel)
            output.storeVector(sum2, 2 * channels + channel)
            output.storeVector(sum3, 3 * channels + channel)
        }
        guard channels & 7 != 0 else { return }
        for pixel in 0..<4 {
            scalars(
                at: input, origin + pixel * step, tapRows, 0..<kernel, weight, bias, output + pixel * channels)
        }
    }

    private func one(
        at input: UnsafePointer<Float>, _ origin: Int, _ tapRows: Range<Int>, _ tapColumns: Range<Int>,
        _ weight: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        let kernel = geometry.columns.kernel
        let pitch = geometry.columns.input * channels
        for channel in stride(from: 0, to: channels & ~7, by: 8) {
            var sum = bias.loadVector(channel)
            for tapRow in tapRows {
                for tapColumn in tapColumns {
                    sum +=
                        input.loadVector(origin + tapRow * pitch + tapColumn * channels + channel)
                        * weight.loadVector((tapRow * kernel + tapColumn) * channels + channel)
                }
            }
            output.storeVector(sum, channel)
        }
        scalars(at: input, origin, tapRows, tapColumns, weight, bias, output)
    }

    /// The channels after the last whole vector.
    private func scalars(
        at input: UnsafePointer<Float>, _ origin: Int, _ tapRows: Range<Int>, _ tapColumns: Range<Int>,
        _ weight: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        let kernel = geometry.columns.kernel
        let pitch = geometry.columns.input * channels
        for channel in (channels & ~7)..<channels {
            var sum = bias[channel]
            for tapRow in tapRows {
                for tapColumn in tapColumns {
                    sum +=
                        input[origin + tapRow * pitch + tapColumn * channels + channel]
                        * weight[(tapRow * kernel + tapColumn) * channels + channel]
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

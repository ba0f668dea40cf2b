/// Outputs one by one: those near the border, what is left of a row, and channels behind the last whole vector.
extension PortableDepthwiseRow {
    /// One output, over the taps that are not beyond the border, sixteen channels at a time.
    func one(_ window: Window, _ column: Int, _ output: UnsafeMutablePointer<Float>) {
        let tapColumns = columns.taps(ofOutput: column)
        let left = column * columns.stride - columns.before
        let offset = (left + tapColumns.lowerBound) * inputStride
        let firstTap = tapColumns.lowerBound * weightStride
        var channel = 0
        while channel + 16 <= channels {
            var outputs = FourVectors(window.bias + channel)
            for row in window.tapRows {
                var source = window.rows[row] + offset + channel
                var taps = window.weights + row * columns.kernel * weightStride + firstTap + channel
                for _ in tapColumns {
                    outputs.first += source.loadFour(0) * taps.loadFour(0)
                    outputs.second += source.loadFour(4) * taps.loadFour(4)
                    outputs.third += source.loadFour(8) * taps.loadFour(8)
                    outputs.fourth += source.loadFour(12) * taps.loadFour(12)
                    source += inputStride
                    taps += weightStride
                }
            }
            outputs.store(to: output + channel, apart: 4)
            channel += 16
        }
        scalars(window, channel..<channels, tapColumns, left * inputStride, output)
    }

    func scalars(
        _ window: Window, _ rest: Range<Int>, _ tapColumns: Range<Int>, _ offset: Int,
        _ output: UnsafeMutablePointer<Float>
    ) {
        for channel in rest {
            var sum = window.bias[channel]
            for tapRow in window.tapRows {
                for tapColumn in tapColumns {
                    sum +=
                        window.rows[tapRow][offset + tapColumn * inputStride + channel]
                        * window.weights[(tapRow * columns.kernel + tapColumn) * weightStride + channel]
                }
            }
            output[channel] = sum
        }
    }
}

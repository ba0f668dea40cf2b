/// One row of a depthwise convolution for a slice of channels, or four rows, in portable Swift: outputs stay in registers
/// until all taps are added, four neighbouring ones sharing each loaded tap and, along the row or down it, each loaded input.
struct PortableDepthwiseRow {
    let columns: AxisGeometry
    /// Channels after the last whole vector of four are computed one by one.
    let channels: Int
    /// Floats from one pixel, or one tap, to the next.
    let inputStride: Int
    let outputStride: Int
    let weightStride: Int
    let activation: Activation
    /// The outputs that are computed four along the row.
    private let wholeFours: Range<Int>
    /// Whether four rows are faster together: where at least a tenth of the outputs lack three neighbours along the row. In long
    /// rows the upper ones have left the first-level cache before the last is reached.
    let gainsFromFourRows: Bool

    init(
        columns: AxisGeometry, channels: Int, inputStride: Int, outputStride: Int, weightStride: Int,
        activation: Activation
    ) {
        self.columns = columns
        self.channels = channels
        self.inputStride = inputStride
        self.outputStride = outputStride
        self.weightStride = weightStride
        self.activation = activation
        let isUnrolled = (columns.kernel == 3 || columns.kernel == 5) && columns.stride <= 2
        let interior = columns.interior
        let first = min(interior.lowerBound, columns.output)
        wholeFours = first..<(first + (isUnrolled ? interior.count & ~3 : 0))
        gainsFromFourRows = isUnrolled && 10 * (columns.output - wholeFours.count) >= columns.output
    }

    /// - Parameters:
    ///   - rows: the first pixel of each input row under the windows.
    ///   - tapRows: rows of the kernel that are not beyond the border.
    ///   - sums: what each channel's outputs are added to; nil where no sums are needed.
    func compute(
        _ rows: UnsafePointer<UnsafePointer<Float>>, tapRows: Range<Int>, weights: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>,
        addingTo sums: UnsafeMutablePointer<Float>?
    ) {
        let window = Window(rows: rows, tapRows: tapRows, weights: weights, bias: bias)
        forEachOther { one(window, $0, output + $0 * outputStride) }
        computeFours(window, output)
        activate(output, addingTo: sums)
    }

    /// Four rows, one below the other: outputs that have not three neighbours along the row, near the border most of them, are
    /// computed four down a column. Channels are a multiple of four, and the shape is one of ``WindowShape``.
    ///
    /// - Parameters:
    ///   - rows: the first pixel of each input row under the first row's windows and of those below, zeros beyond the border.
    ///   - tapRows: for each row, rows of the kernel that are not beyond the border.
    ///   - pitch: floats from one row of outputs to the next.
    func computeFourRows(
        _ rows: UnsafePointer<UnsafePointer<Float>>, tapRows: (Int) -> Range<Int>, weights: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, pitch: Int,
        addingTo sums: UnsafeMutablePointer<Float>?
    ) {
        let column = Window(rows: rows, tapRows: 0..<columns.kernel, weights: weights, bias: bias)
        forEachOther { index in
            let target = output + index * outputStride
            switch (columns.kernel, columns.stride) {
            case (3, 1): fourBelow(Three.self, column, index, target, pitch)
            case (3, _): fourBelow(ThreeEverySecond.self, column, index, target, pitch)
            case (_, 1): fourBelow(Five.self, column, index, target, pitch)
            default: fourBelow(FiveEverySecond.self, column, index, target, pitch)
            }
        }
        for row in 0..<4 {
            let window = Window(
                rows: rows + row * columns.stride, tapRows: tapRows(row), weights: weights, bias: bias)
            computeFours(window, output + row * pitch)
            activate(output + row * pitch, addingTo: sums)
        }
    }

    /// What all windows of a row have in common.
    struct Window {
        let rows: UnsafePointer<UnsafePointer<Float>>
        let tapRows: Range<Int>
        let weights: UnsafePointer<Float>
        let bias: UnsafePointer<Float>
    }

    /// The outputs beside ``wholeFours``.
    @inline(__always)
    private func forEachOther(_ body: (Int) -> Void) {
        for column in 0..<wholeFours.lowerBound { body(column) }
        for column in wholeFours.upperBound..<columns.output { body(column) }
    }

    private func computeFours(_ window: Window, _ output: UnsafeMutablePointer<Float>) {
        for column in stride(from: wholeFours.lowerBound, to: wholeFours.upperBound, by: 4) {
            let first = (column * columns.stride - columns.before) * inputStride
            let target = output + column * outputStride
            switch (columns.kernel, columns.stride) {
            case (3, 1): four(Three.self, window, first, target)
            case (3, _): four(ThreeEverySecond.self, window, first, target)
            case (_, 1): four(Five.self, window, first, target)
            default: four(FiveEverySecond.self, window, first, target)
            }
        }
    }
}

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

extension PortableDepthwiseRow {
    /// Activates a row of sums, and adds the outputs to those of their channels.
    ///
    /// In a loop of its own, out of the first-level cache: an activation is a long chain of instructions that wait for each
    /// other, and behind those of one window the processor does not see far enough into the next.
    func activate(_ row: UnsafeMutablePointer<Float>, addingTo sums: UnsafeMutablePointer<Float>?) {
        let whole = columns.output & ~3
        for column in stride(from: 0, to: whole, by: 4) { activateFour(row + column * outputStride, sums) }
        for column in whole..<columns.output { activateOne(row + column * outputStride, sums) }
    }

    /// Four neighbouring outputs.
    private func activateFour(_ outputs: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>?) {
        var channel = 0
        while channel < channels & ~3 {
            var four = FourVectors(outputs + channel, apart: outputStride)
            four.apply(activation)
            four.store(to: outputs + channel, apart: outputStride)
            if let sums { sums.storeFour(sums.loadFour(channel) + four.sum, channel) }
            channel += 4
        }
        for pixel in 0..<4 { activateScalars(outputs + pixel * outputStride, from: channel, sums) }
    }

    /// One output, sixteen channels at a time.
    private func activateOne(_ output: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>?) {
        var channel = 0
        while channel + 16 <= channels {
            var vectors = FourVectors(output + channel)
            vectors.apply(activation)
            vectors.store(to: output + channel, apart: 4)
            if let sums {
                vectors.add(FourVectors(sums + channel))
                vectors.store(to: sums + channel, apart: 4)
            }
            channel += 16
        }
        activateScalars(output, from: channel, sums)
    }

    private func activateScalars(
        _ output: UnsafeMutablePointer<Float>, from first: Int, _ sums: UnsafeMutablePointer<Float>?
    ) {
        guard first < channels else { return }
        activation.apply(to: UnsafeMutableBufferPointer(start: output + first, count: channels - first))
        guard let sums else { return }
        for channel in first..<channels { sums[channel] += output[channel] }
    }
}

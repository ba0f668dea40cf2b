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
    /// Whether four rows are better computed together: where a tenth of the outputs or more have not three neighbours along the
    /// row. Of long rows those above have left the first-level cache before the last is reached.
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
    ///   - sums: what each channel's outputs are added to, where anybody asks.
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

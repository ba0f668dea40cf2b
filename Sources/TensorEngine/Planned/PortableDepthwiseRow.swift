/// One row of a depthwise convolution for a slice of channels, in portable Swift: outputs stay in registers until all taps
/// are added, four neighbouring ones sharing each loaded tap and, within a row of the kernel, each loaded input.
struct PortableDepthwiseRow {
    let columns: AxisGeometry
    /// Channels after the last whole vector of four are computed one by one.
    let channels: Int
    /// Floats from one pixel, or one tap, to the next.
    let inputStride: Int
    let outputStride: Int
    let weightStride: Int
    let activation: Activation

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
        let interior = columns.interior
        var column = 0
        while column < columns.output {
            let left = column * columns.stride - columns.before
            let target = output + column * outputStride
            if isUnrolled && interior.contains(column) && column + 4 <= interior.upperBound {
                switch (columns.kernel, columns.stride) {
                case (3, 1): four(Three.self, window, left * inputStride, target)
                case (3, _): four(ThreeEverySecond.self, window, left * inputStride, target)
                case (_, 1): four(Five.self, window, left * inputStride, target)
                default: four(FiveEverySecond.self, window, left * inputStride, target)
                }
                column += 4
            } else {
                one(window, column, target)
                column += 1
            }
        }
        activate(output, addingTo: sums)
    }

    /// Whether there is code for four outputs at once.
    private var isUnrolled: Bool { (columns.kernel == 3 || columns.kernel == 5) && columns.stride <= 2 }

    /// What all windows of a row have in common.
    struct Window {
        let rows: UnsafePointer<UnsafePointer<Float>>
        let tapRows: Range<Int>
        let weights: UnsafePointer<Float>
        let bias: UnsafePointer<Float>
    }

    /// Four neighbouring outputs; there is code for each shape.
    ///
    /// - Parameter offset: of the first window's first pixel in each input row.
    private func four<Shape: WindowShape>(
        _ shape: Shape.Type, _ window: Window, _ offset: Int, _ output: UnsafeMutablePointer<Float>
    ) {
        let rowOfTaps = columns.kernel * weightStride
        let firstTaps = window.weights + window.tapRows.lowerBound * rowOfTaps
        let (rows, tapRows) = (window.rows + window.tapRows.lowerBound, window.tapRows.count)
        var channel = 0
        while channel < channels & ~3 {
            var outputs = FourVectors(repeating: window.bias.loadFour(channel))
            var taps = firstTaps + channel
            for row in 0..<tapRows {
                let source = rows[row] + offset + channel
                threeTaps(&outputs, source, taps, stride: shape.stride)
                if shape.kernel == 5 {
                    twoTaps(&outputs, source + 3 &* inputStride, taps + 3 &* weightStride, stride: shape.stride)
                }
                taps += rowOfTaps
            }
            outputs.store(to: output + channel, apart: outputStride)
            channel += 4
        }
        for pixel in 0..<4 where channel < channels {
            scalars(
                window, channel..<channels, 0..<columns.kernel, offset + pixel * columns.stride * inputStride,
                output + pixel * outputStride)
        }
    }

    @inline(__always)
    private func threeTaps(
        _ outputs: inout FourVectors, _ source: UnsafePointer<Float>, _ taps: UnsafePointer<Float>, stride: Int
    ) {
        let (tap0, tap1, tap2) = (
            taps.loadFour(0), (taps + weightStride).loadFour(0), (taps + weightStride + weightStride).loadFour(0)
        )
        func sum(_ pixel: Int) -> SIMD4<Float> {
            let source = source + pixel &* inputStride
            return source.loadFour(0) * tap0 + (source + inputStride).loadFour(0) * tap1
                + (source + inputStride + inputStride).loadFour(0) * tap2
        }
        outputs.first += sum(0)
        outputs.second += sum(stride)
        outputs.third += sum(2 * stride)
        outputs.fourth += sum(3 * stride)
    }

    @inline(__always)
    private func twoTaps(
        _ outputs: inout FourVectors, _ source: UnsafePointer<Float>, _ taps: UnsafePointer<Float>, stride: Int
    ) {
        let (tap0, tap1) = (taps.loadFour(0), (taps + weightStride).loadFour(0))
        func sum(_ pixel: Int) -> SIMD4<Float> {
            let source = source + pixel &* inputStride
            return source.loadFour(0) * tap0 + (source + inputStride).loadFour(0) * tap1
        }
        outputs.first += sum(0)
        outputs.second += sum(stride)
        outputs.third += sum(2 * stride)
        outputs.fourth += sum(3 * stride)
    }
}

/// Four neighbouring outputs, along a row or down a column; there is code for each shape.
extension PortableDepthwiseRow {
    /// Along a row.
    ///
    /// - Parameter offset: of the first window's first pixel in each input row.
    func four<Shape: WindowShape>(
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
                let fourth = source + 3 &* inputStride
                add(
                    shape, to: &outputs, taps, apart: weightStride,
                    three: { first in
                        let input = source + first &* inputStride
                        let (next, last) = (input + inputStride, input + inputStride + inputStride)
                        return (input.loadFour(0), next.loadFour(0), last.loadFour(0))
                    },
                    two: { first in
                        let input = fourth + first &* inputStride
                        return (input.loadFour(0), (input + inputStride).loadFour(0))
                    })
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

    /// Down a column, over the taps that are not beyond the border to the left and right; channels are a multiple of four.
    ///
    /// - Parameter pitch: floats from one output to the one below.
    func fourBelow<Shape: WindowShape>(
        _ shape: Shape.Type, _ window: Window, _ column: Int, _ output: UnsafeMutablePointer<Float>, _ pitch: Int
    ) {
        let tapColumns = columns.taps(ofOutput: column)
        let first = (column * columns.stride - columns.before) * inputStride
        let (rows, rowOfTaps) = (window.rows, columns.kernel * weightStride)
        var channel = 0
        while channel < channels & ~3 {
            var outputs = FourVectors(repeating: window.bias.loadFour(channel))
            var taps = window.weights + tapColumns.lowerBound * weightStride + channel
            var place = first + tapColumns.lowerBound * inputStride + channel
            for _ in 0..<tapColumns.count {
                add(
                    shape, to: &outputs, taps, apart: rowOfTaps,
                    three: { first in
                        let (next, last) = (rows[first &+ 1] + place, rows[first &+ 2] + place)
                        return ((rows[first] + place).loadFour(0), next.loadFour(0), last.loadFour(0))
                    },
                    two: { first in
                        ((rows[first &+ 3] + place).loadFour(0), (rows[first &+ 4] + place).loadFour(0))
                    })
                taps += weightStride
                place += inputStride
            }
            outputs.store(to: output + channel, apart: pitch)
            channel += 4
        }
    }

    private typealias Vector = SIMD4<Float>

    /// The taps of one row or column of the kernel: each input is loaded once for all outputs whose window holds it.
    ///
    /// - Parameters:
    ///   - distance: floats from one of the taps to the next.
    ///   - three: the inputs from one on, counted from the first window's first.
    ///   - two: likewise, counted from the fourth.
    @inline(__always)
    private func add<Shape: WindowShape>(
        _ shape: Shape.Type, to outputs: inout FourVectors, _ taps: UnsafePointer<Float>, apart distance: Int,
        three: (Int) -> (Vector, Vector, Vector), two: (Int) -> (Vector, Vector)
    ) {
        let (tap0, tap1, tap2) = (
            taps.loadFour(0), (taps + distance).loadFour(0), (taps + distance + distance).loadFour(0)
        )
        func sumOfThree(_ first: Int) -> Vector {
            let inputs = three(first)
            return inputs.0 * tap0 + inputs.1 * tap1 + inputs.2 * tap2
        }
        outputs.first += sumOfThree(0)
        outputs.second += sumOfThree(shape.stride)
        outputs.third += sumOfThree(2 &* shape.stride)
        outputs.fourth += sumOfThree(3 &* shape.stride)
        guard shape.kernel == 5 else { return }
        let fourth = taps + 3 &* distance
        let (tap3, tap4) = (fourth.loadFour(0), (fourth + distance).loadFour(0))
        func sumOfTwo(_ first: Int) -> Vector {
            let inputs = two(first)
            return inputs.0 * tap3 + inputs.1 * tap4
        }
        outputs.first += sumOfTwo(0)
        outputs.second += sumOfTwo(shape.stride)
        outputs.third += sumOfTwo(2 &* shape.stride)
        outputs.fourth += sumOfTwo(3 &* shape.stride)
    }
}

/// Kernel and stride of a depthwise convolution, known to the compiler: generic code over shapes is compiled for each, with
/// inputs that neighbouring windows share loaded once.
protocol WindowShape {
    static var kernel: Int { get }
    static var stride: Int { get }
}

enum Three: WindowShape {
    static var kernel: Int { 3 }
    static var stride: Int { 1 }
}

enum ThreeEverySecond: WindowShape {
    static var kernel: Int { 3 }
    static var stride: Int { 2 }
}

enum Five: WindowShape {
    static var kernel: Int { 5 }
    static var stride: Int { 1 }
}

enum FiveEverySecond: WindowShape {
    static var kernel: Int { 5 }
    static var stride: Int { 2 }
}

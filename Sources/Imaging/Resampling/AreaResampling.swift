import TensorEngine

/// The mean of the pixels under each output pixel, as MTCNN's image pyramid is made.
///
/// Output i covers the input positions ⌊i·in / out⌋ ..< ⌈(i + 1)·in / out⌉, so neighbouring windows may share one.
/// Sums are whole numbers, exact in `Float` up to 65,793 pixels a window; they are divided by the window's height and
/// then by its width, which makes the result equal to PyTorch's bit by bit.
/// - Source: PyTorch 2.13, `adaptive_avg_pool2d`, which `torch.nn.functional.interpolate(mode="area")` calls.
package enum AreaResampling {
    /// What becomes of a mean of 0…255.
    package enum Normalization: Sendable {
        /// Left as it is.
        case none
        /// (x − 127.5) · 0.0078125: −0.996…0.996, what the networks of MTCNN take (facenet-pytorch 2.6.0).
        case signedUnit
    }

    /// `[1, H′, W′, 3]`: `region` of `image` at `size`, red, green, blue.
    ///
    /// - Precondition: `size` has at least one pixel in each direction.
    package static func resample(
        _ image: Image, from region: PixelRegion, to size: Size, normalization: Normalization = .none
    ) -> Tensor {
        Tensor(shape: [1, size.height, size.width, 3]) {
            resample(image, from: region, to: size, normalization: normalization, into: $0)
        }
    }

    /// Writes `H′·W′·3` elements to `target`, so that many regions can fill one batch.
    ///
    /// - Precondition: `size` has at least one pixel in each direction, `target.count == size.area * 3`, and no output
    ///   pixel covers more than 8,421,504 input pixels, whose sum would not fit 31 bits.
    /// - Complexity: O(H·W + H′·W′·⌈W / W′⌉), O(W + W′) scratch.
    package static func resample(
        _ image: Image, from region: PixelRegion, to size: Size, normalization: Normalization = .none,
        into target: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(size.height > 0 && size.width > 0, "cannot resample to \(size)")
        precondition(target.count == size.area * 3, "\(target.count) elements for \(size) RGB")
        let (offset, scale): (Float, Float) =
            switch normalization {
            case .none: (0, 1)
            case .signedUnit: (127.5, 0.0078125)
            }
        let columns = Windows(from: region.width, to: size.width)
        let rows = Windows(from: region.height, to: size.height)
        precondition(
            columns.longest * rows.longest <= Int(Int32.max) / 255,
            "a pixel of \(size) would be the mean of \(columns.longest)×\(rows.longest) of \(region.size)")
        let inputRow = region.width * 3
        image.pixels.withUnsafeBufferPointer { pixels in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: inputRow) { sums in
                for output in 0..<size.height {
                    let window = rows[output]
                    for row in window {
                        let start = ((region.y + row) * image.width + region.x) * 3
                        let source = UnsafeBufferPointer(rebasing: pixels[start..<(start + inputRow)])
                        if row == window.lowerBound {
                            for index in 0..<inputRow { sums[index] = UInt32(source[index]) }
                        } else {
                            for index in 0..<inputRow { sums[index] &+= UInt32(source[index]) }
                        }
                    }
                    let start = output * size.width * 3
                    average(
                        sums, over: columns, rows: Float(window.count), offset: offset, scale: scale,
                        into: UnsafeMutableBufferPointer(rebasing: target[start..<(start + size.width * 3)]))
                }
            }
        }
    }

    /// One output row from the column sums of its window.
    ///
    /// Totals first and divisions in a second sweep: the second is then plain vector code over all channels.
    private static func average(
        _ sums: UnsafeMutableBufferPointer<UInt32>, over columns: Windows, rows: Float, offset: Float, scale: Float,
        into target: UnsafeMutableBufferPointer<Float>
    ) {
        for output in 0..<columns.count {
            let window = columns[output]
            var position = window.lowerBound &* 3
            let end = window.upperBound &* 3
            var (red, green, blue) = (sums[position], sums[position &+ 1], sums[position &+ 2])
            position &+= 3
            while position < end {
                red &+= sums[position]
                green &+= sums[position &+ 1]
                blue &+= sums[position &+ 2]
                position &+= 3
            }
            // By way of Int32, which baseline x86-64 converts in one instruction and UInt32 not.
            target[output &* 3] = Float(Int32(truncatingIfNeeded: red))
            target[output &* 3 &+ 1] = Float(Int32(truncatingIfNeeded: green))
            target[output &* 3 &+ 2] = Float(Int32(truncatingIfNeeded: blue))
        }
        columns.sampleWidths.withUnsafeBufferPointer { widths in
            for index in 0..<target.count {
                target[index] = (target[index] / rows / widths[index] - offset) * scale
            }
        }
    }

    /// The input positions that each output position along one axis averages.
    struct Windows {
        let count: Int
        private let bounds: [Range<Int>]
        /// The length of each window, once for each of three channels.
        let sampleWidths: [Float]

        init(from inputs: Int, to outputs: Int) {
            count = outputs
            bounds = (0..<outputs).map { ($0 * inputs / outputs)..<((($0 + 1) * inputs + outputs - 1) / outputs) }
            sampleWidths = bounds.flatMap { repeatElement(Float($0.count), count: 3) }
        }

        /// The largest number of positions that one output averages.
        var longest: Int { bounds.reduce(0) { max($0, $1.count) } }

        subscript(output: Int) -> Range<Int> { bounds[output] }
    }
}

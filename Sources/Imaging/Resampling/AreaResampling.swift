import PlaneGeometry

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

    /// Writes `region` of `image` at `size` to `target`: `[H′, W′, 3]`, red, green, blue, so that many regions can fill one
    /// batch.
    ///
    /// - Parameter wanted: the rows of the result that are written, for taking a large one piece by piece; all when nil.
    /// - Precondition: `size` has at least one pixel in each direction, `target` has room for the rows, and no output
    ///   pixel covers more than 8,421,504 input pixels, whose sum would not fit 31 bits.
    /// - Complexity: O(H·W + H′·W′·⌈W / W′⌉), O(W + W′) scratch.
    package static func resample(
        _ image: Image, from region: PixelRegion, to size: Size, rows wanted: Range<Int>? = nil,
        normalization: Normalization = .none, into target: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(size.height > 0 && size.width > 0, "cannot resample to \(size)")
        let wanted = wanted ?? 0..<size.height
        precondition(wanted.lowerBound >= 0 && wanted.upperBound <= size.height, "rows \(wanted) of \(size)")
        precondition(
            target.count == wanted.count * size.width * 3,
            "\(target.count) elements for \(wanted.count) rows of \(size)")
        let rows = AreaWindows(from: region.height, to: size.height)
        let columns = AreaWindows(from: region.width, to: size.width)
        precondition(
            columns.longest * rows.longest <= Int(Int32.max) / 255,
            "a pixel of \(size) would be the mean of \(columns.longest)×\(rows.longest) of \(region.size)")
        image.pixels.withUnsafeBufferPointer { pixels in
            guard let pixels = pixels.baseAddress, let target = target.baseAddress else { return }
            let source = Source(
                first: pixels + (region.y * image.width + region.x) * 3, stride: image.width * 3,
                count: region.width * 3)
            // Half as many bits make twice as many sums a vector.
            if rows.longest <= Int(UInt16.max) / 255 {
                resample(source, summingIn: UInt16.self, rows, wanted, columns, normalization, into: target)
            } else {
                resample(source, summingIn: UInt32.self, rows, wanted, columns, normalization, into: target)
            }
        }
    }

    /// Rows of samples.
    private struct Source {
        let first: UnsafePointer<UInt8>
        /// Samples from one row to the next.
        let stride: Int
        /// Samples a row.
        let count: Int
    }

    private static func resample<Sum: FixedWidthInteger & UnsignedInteger>(
        _ source: Source, summingIn type: Sum.Type, _ rows: AreaWindows, _ wanted: Range<Int>, _ columns: AreaWindows,
        _ normalization: Normalization, into target: UnsafeMutablePointer<Float>
    ) {
        // Each window costs two divisions: once here and not in every row.
        let windows = columns.all
        withUnsafeTemporaryAllocation(of: Sum.self, capacity: source.count) { sums in
            // The last pixel is read as four samples like every other.
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: source.count + 1) { wideSums in
                guard let sums = sums.baseAddress, let wideSums = wideSums.baseAddress else { return }
                wideSums[source.count] = 0
                for output in wanted {
                    let window = rows[output]
                    sum(source, window, into: sums)
                    // Signed, since that is what baseline x86-64 converts to `Float` in one instruction.
                    for index in 0..<source.count { wideSums[index] = Int32(truncatingIfNeeded: sums[index]) }
                    average(
                        wideSums, windows, rows: Float(window.count), normalization,
                        isLast: output + 1 == wanted.upperBound,
                        into: target + (output - wanted.lowerBound) * columns.outputs * 3)
                }
            }
        }
    }

    /// The sum of each column of samples over the rows of `window`.
    @inline(__always)
    private static func sum<Sum: FixedWidthInteger & UnsignedInteger>(
        _ source: Source, _ window: Range<Int>, into sums: UnsafeMutablePointer<Sum>
    ) {
        var row = source.first + window.lowerBound * source.stride
        var left = window.count - 1
        for index in 0..<source.count { sums[index] = Sum(truncatingIfNeeded: row[index]) }
        // Two rows at a time, to load and store each sum half as often.
        while left > 1 {
            let (upper, lower) = (row + source.stride, row + 2 * source.stride)
            for index in 0..<source.count {
                sums[index] &+= Sum(truncatingIfNeeded: upper[index]) &+ Sum(truncatingIfNeeded: lower[index])
            }
            row = lower
            left -= 2
        }
        guard left > 0 else { return }
        row += source.stride
        for index in 0..<source.count { sums[index] &+= Sum(truncatingIfNeeded: row[index]) }
    }

    /// One output row from the column sums of its window, a pixel at a time: three samples and one to spare.
    @inline(__always)
    private static func average(
        _ sums: UnsafePointer<Int32>, _ windows: [Range<Int>], rows: Float, _ normalization: Normalization,
        isLast: Bool, into target: UnsafeMutablePointer<Float>
    ) {
        var target = target
        windows.withUnsafeBufferPointer { windows in
            for output in windows.indices {
                let window = windows[output]
                var source = UnsafeRawPointer(sums + window.lowerBound * 3)
                var total = SIMD4<Int32>.zero
                for _ in 0..<window.count {
                    total &+= source.loadUnaligned(as: SIMD4<Int32>.self)
                    source += 3 * MemoryLayout<Int32>.stride
                }
                let means = SIMD4(Float(total[0]), Float(total[1]), Float(total[2]), Float(total[3]))
                let pixel = normalization.apply(to: means / rows / Float(window.count))
                if isLast && output + 1 == windows.count {
                    for channel in 0..<3 { target[channel] = pixel[channel] }
                } else {
                    // The fourth element is overwritten by the next pixel.
                    UnsafeMutableRawPointer(target).storeBytes(of: pixel, as: SIMD4<Float>.self)
                }
                target += 3
            }
        }
    }
}

extension AreaResampling.Normalization {
    @inline(__always)
    fileprivate func apply(to means: SIMD4<Float>) -> SIMD4<Float> {
        switch self {
        case .none: means
        case .signedUnit: (means - 127.5) * 0.0078125
        }
    }
}

/// The input positions that each output position along one axis averages: ⌊i·in / out⌋ ..< ⌈(i + 1)·in / out⌉.
struct AreaWindows {
    let inputs: Int
    let outputs: Int

    /// - Precondition: both are positive.
    init(from inputs: Int, to outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The largest number of positions that one output averages.
    var longest: Int { (0..<outputs).reduce(0) { max($0, self[$1].count) } }

    /// The windows of all outputs.
    var all: [Range<Int>] { (0..<outputs).map { self[$0] } }

    subscript(output: Int) -> Range<Int> {
        (output * inputs / outputs)..<(((output + 1) * inputs + outputs - 1) / outputs)
    }
}

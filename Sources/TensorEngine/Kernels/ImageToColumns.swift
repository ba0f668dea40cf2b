/// Lays out the window of each output pixel as a row of a matrix, which turns a convolution into a matrix product.
///
/// - Source: Chellapilla, Puri and Simard, "High Performance Convolutional Neural Networks for Document Processing",
///   2006.
enum ImageToColumns {
    /// Writes the windows of the output pixels `pixels` of one picture.
    ///
    /// - Parameters:
    ///   - input: one picture, `[H, W, C]`.
    ///   - channels: C; `channelRange` of them, one group's, are taken.
    ///   - pixels: output positions, row-major.
    ///   - columns: `[pixels.count, kH · kW · channelRange.count]`; what a window reads beyond the border is 0.
    static func unroll(
        _ input: UnsafePointer<Float>, channels: Int, channelRange: Range<Int>, geometry: ConvolutionGeometry,
        pixels: Range<Int>, into columns: UnsafeMutablePointer<Float>
    ) {
        let (rows, across) = (geometry.rows, geometry.columns)
        let width = channelRange.count
        var target = columns
        for pixel in pixels {
            let top = pixel / across.output * rows.stride - rows.before
            let left = pixel % across.output * across.stride - across.before
            let isInsideAcross = left >= 0 && left + across.kernel <= across.input && width == channels
            for row in top..<(top + rows.kernel) {
                if isInsideAcross && row >= 0 && row < rows.input {
                    // Neighbouring pixels of a row lie side by side: one run.
                    target.update(from: input + (row * across.input + left) * channels, count: across.kernel * width)
                    target += across.kernel * width
                    continue
                }
                for column in left..<(left + across.kernel) {
                    if row >= 0 && row < rows.input && column >= 0 && column < across.input {
                        let source = input + (row * across.input + column) * channels + channelRange.lowerBound
                        target.update(from: source, count: width)
                    } else {
                        target.update(repeating: 0, count: width)
                    }
                    target += width
                }
            }
        }
    }
}

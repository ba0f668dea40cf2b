/// Where each output pixel of a sliding window reads its input: one ``AxisGeometry`` down the rows, one along the columns.
package struct ConvolutionGeometry: Hashable, Sendable {
    package let rows: AxisGeometry
    package let columns: AxisGeometry

    package init(input: Size, kernel: Size, stride: Int, padding: Padding) {
        rows = AxisGeometry(input: input.height, kernel: kernel.height, stride: stride, padding: padding)
        columns = AxisGeometry(input: input.width, kernel: kernel.width, stride: stride, padding: padding)
    }

    package var input: Size { Size(height: rows.input, width: columns.input) }
    package var kernel: Size { Size(height: rows.kernel, width: columns.kernel) }
    package var output: Size { Size(height: rows.output, width: columns.output) }
    package var stride: Int { rows.stride }

    /// Whether the window is one pixel that visits every input pixel once: a plain matrix product.
    package var isPointwise: Bool {
        kernel.area == 1 && stride == 1 && rows.before + rows.after + columns.before + columns.after == 0
    }
}

/// The windows of a convolution, whatever the picture: how large, how far apart, and what they see beyond the border.
public struct ConvolutionWindow: Hashable, Sendable {
    public let kernel: Size
    /// Pixels from each window to the next.
    public let stride: Int
    public let padding: Padding

    public init(_ kernel: Size, stride: Int = 1, padding: Padding = .valid) {
        (self.kernel, self.stride, self.padding) = (kernel, stride, padding)
    }

    /// Squares.
    public init(side: Int, stride: Int = 1, padding: Padding = .valid) {
        self.init(Size(side: side), stride: stride, padding: padding)
    }

    /// Where the windows lie in a picture of `size`.
    package func geometry(for size: Size) -> ConvolutionGeometry {
        ConvolutionGeometry(input: size, kernel: kernel, stride: stride, padding: padding)
    }
}

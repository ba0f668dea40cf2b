/// Where each output pixel of a sliding window reads its input: one ``AxisGeometry`` down the rows, one along the columns.
public struct ConvolutionGeometry: Hashable, Sendable {
    public let rows: AxisGeometry
    public let columns: AxisGeometry

    public init(input: Size, kernel: Size, stride: Int, padding: Padding) {
        rows = AxisGeometry(input: input.height, kernel: kernel.height, stride: stride, padding: padding)
        columns = AxisGeometry(input: input.width, kernel: kernel.width, stride: stride, padding: padding)
    }

    public var input: Size { Size(height: rows.input, width: columns.input) }
    public var kernel: Size { Size(height: rows.kernel, width: columns.kernel) }
    public var output: Size { Size(height: rows.output, width: columns.output) }
    public var stride: Int { rows.stride }

    /// Whether the window is one pixel that visits every input pixel once: a plain matrix product.
    public var isPointwise: Bool {
        kernel.area == 1 && stride == 1 && rows.before + rows.after + columns.before + columns.after == 0
    }
}

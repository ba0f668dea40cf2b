/// A depthwise convolution as a plan asks a ``KernelBackend`` for it.
package struct DepthwiseProduct {
    package let geometry: ConvolutionGeometry
    /// `[kH · kW, C]`.
    package let weight: Tensor
    /// `[C]`.
    package let bias: Tensor
    package let activation: Activation
    /// Runs of channels that are computed on their own.
    package let slices: [DepthwiseSlice]

    /// - Precondition: the kernel is a square of ``DepthwiseRows/largest`` at most, channels and slices are multiples of 8, and
    ///   the activation is none of PReLU.
    package init(
        _ geometry: ConvolutionGeometry, weight: Tensor, bias: Tensor, activation: Activation, slices: [DepthwiseSlice]
    ) {
        precondition(
            geometry.kernel.height == geometry.kernel.width && geometry.kernel.height <= DepthwiseRows.largest,
            "a square kernel of at most \(DepthwiseRows.largest), not \(geometry.kernel)")
        precondition(
            weight.shape == [geometry.kernel.area, bias.shape.count], "unexpected weight \(weight.shape)")
        precondition(activation != .pReLU, "depthwise convolutions have no slopes")
        self.geometry = geometry
        self.weight = weight
        self.bias = bias
        self.activation = activation
        self.slices = slices
    }
}

/// Some channels of a depthwise convolution, and how their pixels lie.
package struct DepthwiseSlice: Hashable, Sendable {
    package let channels: Range<Int>
    /// Floats from one input pixel to the next, and from one output pixel to the next.
    package let inputStride: Int
    package let outputStride: Int

    package init(_ channels: Range<Int>, inputStride: Int, outputStride: Int) {
        self.channels = channels
        self.inputStride = inputStride
        self.outputStride = outputStride
    }
}

/// Computes a ``DepthwiseProduct``, a few rows at a time, summing its outputs for a squeeze on the way.
package protocol DepthwiseKernel: AnyObject, Sendable {
    var geometry: ConvolutionGeometry { get }
    var slices: [DepthwiseSlice] { get }

    /// Computes consecutive output rows of one slice.
    ///
    /// - Complexity: O(rows · W′ · kH · kW · slice); allocates nothing.
    func run(_ operands: DepthwiseOperands)
}

/// Where a run of a ``DepthwiseKernel`` reads and writes.
package struct DepthwiseOperands {
    /// Which of the kernel's slices is computed.
    package var slice: Int
    /// The output rows.
    package var outputRows: Range<Int>
    /// The first pixel of each input row, at the slice's first channel: the kernel's for the first output row, and `stride`
    /// further ones for every other; a row beyond the border points at zeros.
    package var rows: UnsafePointer<UnsafePointer<Float>>
    /// The slice's first channel in the first output pixel.
    package var output: UnsafeMutablePointer<Float>
    /// The slice's first channel of the sums that the outputs are added to.
    package var sums: UnsafeMutablePointer<Float>

    package init(
        slice: Int = 0, outputRows: Range<Int>, rows: UnsafePointer<UnsafePointer<Float>>,
        output: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
    ) {
        self.slice = slice
        self.outputRows = outputRows
        self.rows = rows
        self.output = output
        self.sums = sums
    }
}

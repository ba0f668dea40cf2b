/// Output rows of a depthwise convolution, one below the other: what a made kernel is specialised to.
///
/// The kernel computes all output pixels of as many rows as its caller asks for a slice of channels. The input rows it
/// needs are given by a table of pointers, so that they may lie anywhere; a row beyond the border is a row of zeros.
/// Columns beyond the border are never read: outputs near them get tiles of their own that leave out the taps that do
/// not exist.
package struct DepthwiseStrip: Hashable, Sendable {
    /// Input and output pixels along the row.
    package var inputWidth: Int
    package var outputWidth: Int
    package var kernel: Int
    package var stride: Int
    /// Zeros before the first input pixel.
    package var paddingBefore: Int
    /// Channels of the slice, a multiple of 8.
    package var channels: Int
    /// Floats from one input pixel to the next, and from one output pixel to the next.
    package var inputStride: Int
    package var outputStride: Int
    /// Floats from one row of weights, one tap of all channels, to the next.
    package var weightStride: Int
    package var activation: MadeActivation

    package init(
        inputWidth: Int, outputWidth: Int, kernel: Int, stride: Int, paddingBefore: Int, channels: Int,
        inputStride: Int, outputStride: Int, weightStride: Int, activation: MadeActivation
    ) {
        precondition(channels % 8 == 0, "\(channels) channels are not a multiple of 8")
        precondition(kernel <= Self.largestKernel, "no registers for \(kernel) row pointers")
        self.inputWidth = inputWidth
        self.outputWidth = outputWidth
        self.kernel = kernel
        self.stride = stride
        self.paddingBefore = paddingBefore
        self.channels = channels
        self.inputStride = inputStride
        self.outputStride = outputStride
        self.weightStride = weightStride
        self.activation = activation
    }

    /// Row pointers are kept in registers.
    package static let largestKernel = 5

    /// What a kernel is called with; the layout is part of the machine code.
    package struct Arguments {
        /// The first pixel of each input row, at any channel: `kernel` of them for the first output row, `stride` further
        /// ones a row.
        package var rows: UnsafePointer<UnsafePointer<Float>>
        /// `[kernel², weightStride]` taps, then the biases.
        package var weights: UnsafePointer<Float>
        /// The first output row; the others follow without a gap.
        package var output: UnsafeMutablePointer<Float>
        /// One sum a channel, to which the outputs are added.
        package var sums: UnsafeMutablePointer<Float>
        package var constants: UnsafeRawPointer
        /// Output rows, at least one.
        package var rowCount: Int
        /// Bytes from where ``rows`` point to the first channel of the strip.
        package var firstChannel: Int

        package init(
            rows: UnsafePointer<UnsafePointer<Float>>, firstChannel: Int = 0, rowCount: Int,
            weights: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>,
            constants: borrowing ConstantPool
        ) {
            self.firstChannel = firstChannel * MemoryLayout<Float>.stride
            self.rows = rows
            self.rowCount = rowCount
            self.weights = weights
            self.output = output
            self.sums = sums
            self.constants = constants.base()
        }
    }
}

internal import TensorEngine

/// Output rows of a depthwise convolution, one below the other: what a compiled kernel is specialised to.
///
/// The kernel computes all output pixels of as many rows as its caller asks for a slice of channels. The input rows it
/// needs are given by a table of pointers, so that they may lie anywhere; a row beyond the border is a row of zeros.
/// Columns beyond the border are never read: outputs near them get tiles of their own that leave out the taps that do
/// not exist.
struct DepthwiseStrip: Hashable, Sendable {
    /// Input and output pixels along the row.
    let inputWidth: Int
    let outputWidth: Int
    let kernel: Int
    let stride: Int
    /// Zeros before the first input pixel.
    let paddingBefore: Int
    /// Channels of the slice, a multiple of 8.
    let channels: Int
    /// Floats from one input pixel to the next, and from one output pixel to the next.
    let inputStride: Int
    let outputStride: Int
    /// Floats from one row of weights, one tap of all channels, to the next.
    let weightStride: Int
    let activation: Activation

    /// - Parameters:
    ///   - axis: the windows along a row.
    ///   - channels: of the slice, a multiple of 8.
    ///   - inputStride: floats from one input pixel to the next.
    ///   - outputStride: floats from one output pixel to the next.
    ///   - weightStride: floats from one tap of all channels to the next.
    init(
        _ axis: AxisGeometry, channels: Int, inputStride: Int, outputStride: Int, weightStride: Int,
        activation: Activation
    ) {
        precondition(channels % 8 == 0, "\(channels) channels are not a multiple of 8")
        precondition(axis.kernel <= Self.largestKernel, "no registers for \(axis.kernel) row pointers")
        inputWidth = axis.input
        outputWidth = axis.output
        kernel = axis.kernel
        stride = axis.stride
        paddingBefore = axis.before
        self.channels = channels
        self.inputStride = inputStride
        self.outputStride = outputStride
        self.weightStride = weightStride
        self.activation = activation
    }

    /// Row pointers are kept in registers.
    static let largestKernel = 5

    /// What a kernel is called with; the layout is part of the machine code.
    struct Arguments {
        /// The first pixel of each input row, at any channel: `kernel` of them for the first output row, `stride` further
        /// ones a row.
        var rows: UnsafePointer<UnsafePointer<Float>>
        /// `[kernel², weightStride]` taps, then the biases.
        var weights: UnsafePointer<Float>
        /// The first output row; the others follow without a gap.
        var output: UnsafeMutablePointer<Float>
        /// One sum a channel, to which the outputs are added.
        var sums: UnsafeMutablePointer<Float>
        var constants: UnsafeRawPointer
        /// Output rows, at least one.
        var rowCount: Int
        /// Bytes from where ``rows`` point to the first channel of the strip.
        var firstChannel: Int

        init(
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

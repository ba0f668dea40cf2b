public import TensorEngine
public import WeightFile

/// Convolution of each channel with a kernel of its own, with bias and activation.
///
/// - Source: PyTorch 2 `torch.nn.Conv2d` with `groups` equal to the channels; see ``DepthwiseConvolution``.
public struct DepthwiseConv2D: Layer {
    /// `[kH · kW, C]`.
    package let weight: Tensor
    /// `[C]`.
    package let bias: Tensor
    public let channels: Int
    public let window: ConvolutionWindow
    public let activation: Activation

    /// - Parameters:
    ///   - weight: `[C, 1, kH, kW]`.
    ///   - bias: `[C]`, or none for zeros.
    public init(
        weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Padding = .valid,
        activation: Activation = .identity
    ) {
        precondition(weight.shape.rank == 4 && weight.shape[1] == 1, "[C, 1, kH, kW] expected, found \(weight.shape)")
        self.init(
            packed: DepthwiseConvolution.packed(weight), bias: bias ?? Tensor(zeros: [weight.shape[0]]),
            window: ConvolutionWindow(
                Size(height: weight.shape[2], width: weight.shape[3]), stride: stride, padding: padding),
            activation: activation)
    }

    /// Reads `weight` below `scope`; these layers have no bias in the files.
    public init(
        from scope: WeightScope, channels: Int, window: ConvolutionWindow
    ) throws(WeightError) {
        let weight = try scope.tensor("weight", shape: [channels, 1, window.kernel.height, window.kernel.width])
        self.init(weight: weight, stride: window.stride, padding: window.padding)
    }

    private init(
        packed weight: Tensor, bias: Tensor, window: ConvolutionWindow, activation: Activation
    ) {
        precondition(activation != .pReLU, "PReLU is a layer behind this one")
        self.weight = weight
        self.bias = bias
        channels = bias.shape.count
        self.window = window
        self.activation = activation
    }

    /// - Parameter input: `[N, H, W, C]`.
    /// - Returns: `[N, H′, W′, C]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let convolution = DepthwiseConvolution(
            geometry: geometry(for: input.size), channels: channels, activation: activation)
        return convolution(input, weight: weight, bias: bias)
    }

    /// Where the windows lie for pictures of `size`.
    package func geometry(for size: Size) -> ConvolutionGeometry {
        window.geometry(for: size)
    }

    /// As ``Conv2D/folding(_:activation:)``.
    public func folding(_ norm: BatchNorm, activation: Activation = .identity) -> DepthwiseConv2D {
        precondition(self.activation == .identity, "a norm behind an activation cannot be folded")
        precondition(norm.channels == channels, "\(norm.channels) channels normalised of \(channels)")
        return DepthwiseConv2D(
            packed: weight.scaledAndShifted(byChannel: norm.scale, Tensor(zeros: [channels])),
            bias: bias.scaledAndShifted(byChannel: norm.scale, norm.shift), window: window, activation: activation)
    }
}

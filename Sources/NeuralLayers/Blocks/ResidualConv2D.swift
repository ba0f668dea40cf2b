package import TensorEngine

/// A convolution that keeps size and channels, and whose input is added to its output before the activation.
///
/// - Source: K. He et al., "Deep residual learning for image recognition", 2016, section 3.2, with one layer.
package struct ResidualConv2D: Layer {
    package let convolution: Conv2D
    package let activation: Activation

    /// - Precondition: the convolution has as many output as input channels, stride 1 and no activation of its own; the activation
    ///   has no parameters.
    package init(_ convolution: Conv2D, activation: Activation) {
        precondition(
            convolution.inputChannels == convolution.outputChannels && convolution.window.stride == 1,
            "what is added needs the shape of what it is added to")
        precondition(
            convolution.activation == .identity && activation != .pReLU, "the activation comes last and has no slopes")
        self.convolution = convolution
        self.activation = activation
    }

    /// - Parameter input: `[N, H, W, C]`.
    /// - Returns: the same shape.
    /// - Precondition: the convolution's padding keeps the size.
    package func callAsFunction(_ input: Tensor) -> Tensor {
        var sum = convolution(input)
        precondition(sum.shape == input.shape, "\(input.shape) becomes \(sum.shape), to which nothing can be added")
        sum.withUnsafeMutableBuffer { target in
            input.withUnsafeBuffer { source in for index in target.indices { target[index] += source[index] } }
        }
        return activation(sum)
    }
}

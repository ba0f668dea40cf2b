public import TensorEngine
public import WeightFile

/// Depthwise convolution, squeeze-and-excitation and a linear pointwise projection: EfficientNet's first stage.
///
/// - Source: timm 1.0 `timm/models/_efficientnet_blocks.py`, `DepthwiseSeparableConv`.
public struct DepthwiseSeparable: Layer {
    package let depthwise: DepthwiseConv2D
    package let squeezeExcite: SqueezeExcite
    package let project: Conv2D
    package let hasResidual: Bool

    /// Reads `conv_dw`, `bn1`, `se`, `conv_pw` and `bn2` below `scope`.
    public init(from scope: WeightScope, _ configuration: BlockConfiguration) throws(WeightError) {
        let channels = configuration.inputChannels
        let epsilon = configuration.batchNormEpsilon
        depthwise = try DepthwiseConv2D(
            from: scope.child("conv_dw"), channels: channels, kernel: Size(side: configuration.kernel),
            stride: configuration.stride, padding: configuration.padding.padding(kernel: configuration.kernel)
        ).folding(try BatchNorm(from: scope.child("bn1"), channels: channels, epsilon: epsilon), activation: .siLU)
        squeezeExcite = try SqueezeExcite(
            from: scope.child("se"), channels: channels, reducedChannels: configuration.reducedChannels)
        project = try Conv2D(
            from: scope.child("conv_pw"), inputChannels: channels, outputChannels: configuration.outputChannels,
            kernel: Size(side: 1), bias: false
        ).folding(
            try BatchNorm(from: scope.child("bn2"), channels: configuration.outputChannels, epsilon: epsilon))
        hasResidual = configuration.hasResidual
    }

    /// - Parameter input: `[N, H, W, inputChannels]`.
    /// - Returns: `[N, H′, W′, outputChannels]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let output = project(squeezeExcite(depthwise(input)))
        return hasResidual ? output.adding(input) : output
    }
}

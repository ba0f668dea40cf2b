public import TensorEngine
public import WeightFile

/// Mobile inverted bottleneck: expand, depthwise, squeeze-and-excitation, project, and a residual where shapes allow.
///
/// - Source: Tan and Le, 2019, arXiv:1905.11946; timm 1.0 `timm/models/_efficientnet_blocks.py`, `InvertedResidual`.
public struct MBConv: Layer {
    package let expand: Conv2D
    package let depthwise: DepthwiseConv2D
    package let squeezeExcite: SqueezeExcite
    package let project: Conv2D
    package let hasResidual: Bool

    /// Reads `conv_pw`, `bn1`, `conv_dw`, `bn2`, `se`, `conv_pwl` and `bn3` below `scope`.
    public init(from scope: WeightScope, _ configuration: BlockConfiguration) throws(WeightError) {
        let width = configuration.expandedChannels
        let epsilon = configuration.batchNormEpsilon
        expand = try Conv2D(
            from: scope.child("conv_pw"), inputChannels: configuration.inputChannels, outputChannels: width,
            kernel: Size(side: 1), bias: false
        ).folding(try BatchNorm(from: scope.child("bn1"), channels: width, epsilon: epsilon), activation: .siLU)
        depthwise = try DepthwiseConv2D(
            from: scope.child("conv_dw"), channels: width, kernel: Size(side: configuration.kernel),
            stride: configuration.stride, padding: configuration.padding.padding(kernel: configuration.kernel)
        ).folding(try BatchNorm(from: scope.child("bn2"), channels: width, epsilon: epsilon), activation: .siLU)
        squeezeExcite = try SqueezeExcite(
            from: scope.child("se"), channels: width, reducedChannels: configuration.reducedChannels)
        project = try Conv2D(
            from: scope.child("conv_pwl"), inputChannels: width, outputChannels: configuration.outputChannels,
            kernel: Size(side: 1), bias: false
        ).folding(
            try BatchNorm(from: scope.child("bn3"), channels: configuration.outputChannels, epsilon: epsilon))
        hasResidual = configuration.hasResidual
    }

    /// - Parameter input: `[N, H, W, inputChannels]`.
    /// - Returns: `[N, H′, W′, outputChannels]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let output = project(squeezeExcite(depthwise(expand(input))))
        return hasResidual ? output.adding(input) : output
    }
}

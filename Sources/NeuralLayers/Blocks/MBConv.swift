package import TensorEngine
package import WeightFile

/// Mobile inverted bottleneck: expand, depthwise, squeeze-and-excitation, project, and a residual where shapes allow.
///
/// EfficientNet's first stage is one that expands nothing, a depthwise-separable convolution.
///
/// - Source: Tan and Le, 2019, arXiv:1905.11946; timm 1.0 `timm/models/_efficientnet_blocks.py`, `InvertedResidual` and
///   `DepthwiseSeparableConv`.
package struct MBConv: Layer {
    /// Nil where the expansion is 1.
    package let expand: Conv2D?
    package let depthwise: DepthwiseConv2D
    package let squeezeExcite: SqueezeExcite
    package let project: Conv2D
    package let hasResidual: Bool

    /// Reads the block below `scope`: `conv_pw` (expand), `conv_dw`, `se` and `conv_pwl` (project) with the norms `bn1` to
    /// `bn3`; of one that expands nothing `conv_dw`, `se` and `conv_pw` (project) with `bn1` and `bn2`, as timm calls them.
    package init(from scope: WeightScope, _ configuration: BlockConfiguration) throws(WeightError) {
        let width = configuration.expandedChannels
        let expands = configuration.expansion != 1
        func norm(_ name: String, _ channels: Int) throws(WeightError) -> BatchNorm {
            try BatchNorm(
                from: scope.child(name), channels: channels, epsilon: configuration.conventions.batchNormEpsilon)
        }
        expand =
            expands
            ? try Conv2D(
                from: scope.child("conv_pw"), inputChannels: configuration.inputChannels, outputChannels: width,
                window: ConvolutionWindow(side: 1), bias: false
            ).folding(try norm("bn1", width), activation: .siLU) : nil
        depthwise = try DepthwiseConv2D(
            from: scope.child("conv_dw"), channels: width, window: configuration.window
        ).folding(try norm(expands ? "bn2" : "bn1", width), activation: .siLU)
        squeezeExcite = try SqueezeExcite(
            from: scope.child("se"), channels: width, reducedChannels: configuration.reducedChannels)
        project = try Conv2D(
            from: scope.child(expands ? "conv_pwl" : "conv_pw"), inputChannels: width,
            outputChannels: configuration.outputChannels, window: ConvolutionWindow(side: 1), bias: false
        ).folding(try norm(expands ? "bn3" : "bn2", configuration.outputChannels))
        hasResidual = configuration.hasResidual
    }

    /// A block of these layers.
    package init(
        expand: Conv2D?, depthwise: DepthwiseConv2D, squeezeExcite: SqueezeExcite, project: Conv2D, hasResidual: Bool
    ) {
        self.expand = expand
        self.depthwise = depthwise
        self.squeezeExcite = squeezeExcite
        self.project = project
        self.hasResidual = hasResidual
    }

    /// - Parameter input: `[N, H, W, inputChannels]`.
    /// - Returns: `[N, H′, W′, outputChannels]`.
    package func callAsFunction(_ input: Tensor) -> Tensor {
        let output = project(squeezeExcite(depthwise(expand?(input) ?? input)))
        return hasResidual ? output.adding(input) : output
    }
}

package import TensorEngine
package import WeightFile

/// Gates every channel by a value in 0…1 computed from the means of all channels.
///
/// - Source: Hu et al., 2018, arXiv:1709.01507; timm 1.0 `timm/models/_efficientnet_blocks.py`, `SqueezeExcite`.
package struct SqueezeExcite: Layer {
    package let reduce: Linear
    package let expand: Linear

    package init(reduce: Linear, expand: Linear) {
        precondition(
            reduce.inputFeatures == expand.outputFeatures && reduce.outputFeatures == expand.inputFeatures,
            "\(reduce.inputFeatures)→\(reduce.outputFeatures)→\(expand.outputFeatures) does not gate its input")
        self.reduce = reduce
        self.expand = expand
    }

    /// Reads `conv_reduce` and `conv_expand` below `scope`; timm keeps both as 1×1 convolutions.
    package init(from scope: WeightScope, channels: Int, reducedChannels: Int) throws(WeightError) {
        self.init(
            reduce: try Self.linear(from: scope.child("conv_reduce"), channels, reducedChannels, .siLU),
            expand: try Self.linear(from: scope.child("conv_expand"), reducedChannels, channels, .sigmoid))
    }

    /// - Parameter input: `[N, H, W, C]`.
    package func callAsFunction(_ input: Tensor) -> Tensor { input.gated(by: gates(from: input.globalAveragePooled())) }

    /// The gate of each channel, 0…1.
    ///
    /// - Parameter means: `[N, C]`, each channel's mean over the picture.
    package func gates(from means: Tensor) -> Tensor { expand(reduce(means)) }

    private static func linear(
        from scope: WeightScope, _ inputs: Int, _ outputs: Int, _ activation: Activation
    ) throws(WeightError) -> Linear {
        Linear(
            stored: try scope.matrix("weight", shape: [outputs, inputs, 1, 1]),
            bias: try scope.tensor("bias", shape: [outputs]), activation: activation)
    }
}

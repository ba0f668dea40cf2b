public import TensorEngine

extension Conv2D {
    /// The convolution that does at once what this one and a batch norm after it do, optionally with an activation.
    ///
    /// With γ/√(σ² + ε) as scale s: w′ = s · w, b′ = s · b + β − s · μ, for each output channel.
    ///
    /// - Precondition: this convolution has no activation yet and as many output channels as the norm.
    public func folding(_ norm: BatchNorm, activation: Activation = .identity) -> Conv2D {
        precondition(self.activation == .identity, "a norm behind an activation cannot be folded")
        precondition(norm.channels == outputChannels, "\(norm.channels) channels normalised of \(outputChannels)")
        return Conv2D(
            weights: weights.scaled(byColumn: norm.scale),
            bias: bias.scaledAndShifted(byChannel: norm.scale, norm.shift),
            inputChannels: inputChannels, kernel: kernel, stride: stride, padding: padding, groups: groups,
            activation: activation)
    }
}

public import TensorEngine
public import WeightFile

/// Normalisation of each channel by stored statistics: γ · (x − μ) / √(σ² + ε) + β.
///
/// Stored as one scale and one shift a channel; usually folded into the convolution before it.
///
/// - Source: Ioffe and Szegedy, 2015, arXiv:1502.03167; PyTorch 2 `torch.nn.BatchNorm2d` in evaluation mode.
public struct BatchNorm: Layer {
    /// γ / √(σ² + ε), `[C]`.
    package let scale: Tensor
    /// β − scale · μ, `[C]`.
    package let shift: Tensor
    public var channels: Int { scale.shape.count }

    /// - Parameters:
    ///   - weight: γ, `[C]`.
    ///   - bias: β, `[C]`.
    ///   - runningMean: μ, `[C]`.
    ///   - runningVariance: σ², `[C]`, not negative.
    ///   - epsilon: added to the variance; PyTorch's default is 1e-5, TensorFlow's EfficientNets use 1e-3.
    public init(weight: Tensor, bias: Tensor, runningMean: Tensor, runningVariance: Tensor, epsilon: Float) {
        let (gamma, beta) = (weight.scalars, bias.scalars)
        let (mean, variance) = (runningMean.scalars, runningVariance.scalars)
        precondition(
            gamma.count == beta.count && mean.count == variance.count && gamma.count == mean.count,
            "statistics of \(gamma.count), \(beta.count), \(mean.count) and \(variance.count) channels")
        let scale = zip(gamma, variance).map { $0 / ($1 + epsilon).squareRoot() }
        self.scale = Tensor(scale, shape: [scale.count])
        shift = Tensor(zip(beta, zip(scale, mean)).map { $0 - $1.0 * $1.1 }, shape: [scale.count])
    }

    /// Reads `weight`, `bias`, `running_mean` and `running_var` below `scope`.
    public init(from scope: WeightScope, channels: Int, epsilon: Float) throws(WeightError) {
        self.init(
            weight: try scope.tensor("weight", shape: [channels]), bias: try scope.tensor("bias", shape: [channels]),
            runningMean: try scope.tensor("running_mean", shape: [channels]),
            runningVariance: try scope.tensor("running_var", shape: [channels]), epsilon: epsilon)
    }

    /// - Parameter input: channels in the last dimension.
    public func callAsFunction(_ input: Tensor) -> Tensor { input.scaledAndShifted(byChannel: scale, shift) }
}

public import TensorEngine
public import WeightFile

/// Negative elements times a learned slope of their channel.
///
/// - Source: He et al., 2015, arXiv:1502.01852; PyTorch 2 `torch.nn.PReLU`.
public struct PReLU: Layer {
    /// `[C]`.
    package let slope: Tensor

    public init(slope: Tensor) { self.slope = slope }

    /// Reads the slopes as `weight` below `scope`.
    public init(from scope: WeightScope, channels: Int) throws(WeightError) {
        slope = try scope.tensor("weight", shape: [channels])
    }

    /// - Parameter input: channels in the last dimension.
    public func callAsFunction(_ input: Tensor) -> Tensor { input.rectified(withSlope: slope) }
}

public import TensorEngine

/// A function of an activation tensor with parameters of its own, fixed once it is made.
public protocol Layer: Sendable {
    /// - Parameter input: `[N, H, W, C]` unless the layer says otherwise.
    func callAsFunction(_ input: Tensor) -> Tensor
}

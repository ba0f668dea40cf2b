public import TensorEngine

/// The largest element of each window, channel by channel.
///
/// - Source: PyTorch 2 `torch.nn.MaxPool2d` without padding; `roundsUp` is its `ceil_mode`.
public struct MaxPool: Layer {
    package let pooling: Pooling

    public init(kernel: Int, stride: Int, roundsUp: Bool = false) {
        pooling = Pooling(.maximum, kernel: kernel, stride: stride, roundsUp: roundsUp)
    }

    public func callAsFunction(_ input: Tensor) -> Tensor { pooling(input) }
}

/// The mean of each channel over all pixels, which makes a row of features of a map.
public struct GlobalAveragePool: Layer {
    public init() {}

    /// - Parameter input: `[N, H, W, C]`.
    /// - Returns: `[N, C]`.
    public func callAsFunction(_ input: Tensor) -> Tensor { input.globalAveragePooled() }
}

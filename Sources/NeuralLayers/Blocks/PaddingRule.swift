public import TensorEngine

/// How a network pads its convolutions: the same rule for every layer, the pixels depending on the kernel.
public enum PaddingRule: String, Hashable, Sendable {
    /// (kernel − 1) / 2 pixels on every side; PyTorch's EfficientNets.
    case symmetric
    /// TensorFlow's SAME; timm's `tf_` variants.
    case same

    public func padding(kernel: Int) -> Padding {
        switch self {
        case .symmetric: .symmetric((kernel - 1) / 2)
        case .same: .same
        }
    }
}

/// How far a sliding window may reach beyond the border of its input, where it reads zeros.
public enum Padding: Hashable, Sendable {
    /// The window stays inside the input.
    case valid
    /// The same number of pixels on every side; PyTorch's rule.
    case symmetric(Int)
    /// As much as makes the output ⌈input / stride⌉, the odd pixel right and below; TensorFlow's rule.
    case same
}

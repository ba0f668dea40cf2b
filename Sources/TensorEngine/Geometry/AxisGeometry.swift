/// Where each output of a sliding window (convolution or pooling) reads its input, along one axis.
///
/// The one place that computes output sizes and padding; every layer and kernel asks here.
/// - Source: the output formula of PyTorch 2 `torch.nn.Conv2d`; TensorFlow's SAME rule as in timm 1.0
///   `timm/layers/padding.py`.
package struct AxisGeometry: Hashable, Sendable {
    package let input: Int
    package let kernel: Int
    package let stride: Int
    /// Zeros read before the first and after the last input position.
    package let before: Int
    package let after: Int
    package let output: Int

    /// - Precondition: `kernel` and `stride` are positive, and the padded input is no smaller than the kernel.
    package init(input: Int, kernel: Int, stride: Int, padding: Padding) {
        precondition(kernel > 0 && stride > 0, "kernel \(kernel) and stride \(stride) must be positive")
        switch padding {
        case .valid: (before, after) = (0, 0)
        case .symmetric(let pixels): (before, after) = (pixels, pixels)
        case .same:
            let output = (input + stride - 1) / stride
            let total = max((output - 1) * stride + kernel - input, 0)
            (before, after) = (total / 2, total - total / 2)
        }
        let span = input + before + after - kernel
        precondition(span >= 0, "a window of \(kernel) does not fit an input of \(input) padded by \(before)+\(after)")
        self.input = input
        self.kernel = kernel
        self.stride = stride
        output = span / stride + 1
    }
}

extension AxisGeometry {
    /// The taps of an output's window that find an input.
    package func taps(ofOutput index: Int) -> Range<Int> {
        let first = index * stride - before
        return max(-first, 0)..<min(kernel, input - first)
    }

    /// The outputs whose whole window lies inside the input.
    package var interior: Range<Int> {
        let first = (before + stride - 1) / stride
        let last = input - kernel + before < 0 ? -1 : (input - kernel + before) / stride
        return first..<max(min(last + 1, output), first)
    }
}

/// How far a sliding window may reach beyond the border of its input, where it reads zeros.
public enum Padding: Hashable, Sendable {
    /// The window stays inside the input.
    case valid
    /// The same number of pixels on every side; PyTorch's rule.
    case symmetric(Int)
    /// As much as makes the output ⌈input / stride⌉, the odd pixel right and below; TensorFlow's rule.
    case same
}

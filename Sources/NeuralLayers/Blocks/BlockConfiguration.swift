package import TensorEngine

/// The sizes of one EfficientNet block and the conventions its weights were trained with.
package struct BlockConfiguration: Hashable, Sendable {
    package var inputChannels: Int
    package var outputChannels: Int
    /// Channels of the wide middle, as a multiple of `inputChannels`; 1 for the depthwise-separable first stage.
    package var expansion: Int
    package var kernel: Int
    package var stride: Int
    /// Channels between the two layers of the squeeze-and-excitation.
    package var reducedChannels: Int
    package var conventions: Conventions

    /// What is the same in all blocks of a network.
    package struct Conventions: Hashable, Sendable {
        package var padding: PaddingRule
        package var batchNormEpsilon: Float

        /// PyTorch's, unless told otherwise.
        package init(padding: PaddingRule = .symmetric, batchNormEpsilon: Float = 1e-5) {
            (self.padding, self.batchNormEpsilon) = (padding, batchNormEpsilon)
        }
    }

    package init(
        inputChannels: Int, outputChannels: Int, expansion: Int, kernel: Int, stride: Int, reducedChannels: Int,
        conventions: Conventions = Conventions()
    ) {
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.expansion = expansion
        self.kernel = kernel
        self.stride = stride
        self.reducedChannels = reducedChannels
        self.conventions = conventions
    }

    package var expandedChannels: Int { inputChannels * expansion }
    /// Of the depthwise convolution.
    var window: ConvolutionWindow {
        ConvolutionWindow(side: kernel, stride: stride, padding: conventions.padding.padding(kernel: kernel))
    }
    /// Whether the block's input is added to its output.
    package var hasResidual: Bool { stride == 1 && inputChannels == outputChannels }
}

/// How a network pads its convolutions: the same rule for every layer, the pixels depending on the kernel.
package enum PaddingRule: String, Hashable, Sendable {
    /// (kernel − 1) / 2 pixels on every side; PyTorch's EfficientNets.
    case symmetric
    /// TensorFlow's SAME; timm's `tf_` variants.
    case same

    package func padding(kernel: Int) -> Padding {
        switch self {
        case .symmetric: .symmetric((kernel - 1) / 2)
        case .same: .same
        }
    }
}

public import TensorEngine
public import WeightFile

/// Two-dimensional convolution with bias, and an activation applied while its output is in cache.
///
/// - Source: PyTorch 2 `torch.nn.Conv2d`; see ``Convolution`` for the arithmetic.
public struct Conv2D: Layer {
    /// `[groups, kH · kW · C/groups, O/groups]`, the order of ``Convolution/packed(_:groups:)``.
    package var weight: Tensor { weights.tensor.reshaped(to: [groups, depth, outputChannels / groups]) }
    let weights: LayerWeights
    /// `[kH · kW · C, O]` for planned products, which know one group only.
    package var matrix: any WeightMatrix { weights.matrix(rows: depth) }
    /// Length of the sum behind each output element.
    private var depth: Int { window.kernel.area * inputChannels / groups }
    /// `[O]`; zeros where the file has none.
    package let bias: Tensor
    public let inputChannels: Int
    public let outputChannels: Int
    public let window: ConvolutionWindow
    public let groups: Int
    public let activation: Activation
    /// `[O]` for PReLU, else nil.
    package let slope: Tensor?

    /// - Parameters:
    ///   - weight: `[O, C/groups, kH, kW]`.
    ///   - bias: `[O]`, or none for zeros.
    public init(
        weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Padding = .valid, groups: Int = 1,
        activation: Activation = .identity
    ) {
        precondition(weight.shape.rank == 4, "[O, C/groups, kH, kW] expected, found \(weight.shape)")
        let outputChannels = weight.shape[0]
        self.init(
            weights: .expanded(Convolution.packed(weight, groups: groups)),
            bias: bias ?? Tensor(zeros: [outputChannels]),
            inputChannels: weight.shape[1] * groups,
            window: ConvolutionWindow(
                Size(height: weight.shape[2], width: weight.shape[3]), stride: stride, padding: padding),
            groups: groups, activation: activation)
    }

    /// Reads `weight`, and `bias` where there is one, below `scope`.
    ///
    /// The weights of a pointwise layer stay in the mapped file until they are first used; the file must not change
    /// meanwhile.
    ///
    /// - Throws: ``WeightError`` where a tensor is missing or of another shape.
    public init(
        from scope: WeightScope, inputChannels: Int, outputChannels: Int, window: ConvolutionWindow, groups: Int = 1,
        bias hasBias: Bool = true, activation: Activation = .identity
    ) throws(WeightError) {
        let kernel = window.kernel
        let shape: Shape = [outputChannels, inputChannels / groups, kernel.height, kernel.width]
        // A pointwise layer's weights are a matrix, and those are most of a network: they can wait in the file.
        let weights: LayerWeights =
            groups == 1 && kernel.area == 1
            ? .stored(StoredWeights(try scope.matrix("weight", shape: shape)))
            : .expanded(Convolution.packed(try scope.tensor("weight", shape: shape), groups: groups))
        let bias = hasBias ? try scope.tensor("bias", shape: [outputChannels]) : Tensor(zeros: [outputChannels])
        self.init(
            weights: weights, bias: bias, inputChannels: inputChannels, window: window, groups: groups,
            activation: activation)
    }

    init(
        weights: LayerWeights, bias: Tensor, inputChannels: Int, window: ConvolutionWindow, groups: Int,
        activation: Activation, slope: Tensor? = nil
    ) {
        precondition((slope != nil) == (activation == .pReLU), "slopes belong to PReLU, a layer behind this one")
        self.weights = weights
        self.bias = bias
        self.inputChannels = inputChannels
        outputChannels = bias.shape.count
        self.window = window
        self.groups = groups
        self.activation = activation
        self.slope = slope
    }

    /// - Parameter input: `[N, H, W, inputChannels]`.
    /// - Returns: `[N, H′, W′, outputChannels]`, H′ and W′ as ``ConvolutionGeometry`` computes them.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let convolution = Convolution(
            geometry: geometry(for: input.size), inputChannels: inputChannels, outputChannels: outputChannels,
            groups: groups, activation: slope == nil ? activation : .identity)
        let output = convolution(input, weight: weight, bias: bias)
        return slope.map { output.rectified(withSlope: $0) } ?? output
    }

    /// The convolution and the PReLU behind it as one layer.
    ///
    /// - Precondition: this convolution has no activation yet.
    package func followed(by rectifier: PReLU) -> Conv2D {
        precondition(activation == .identity, "PReLU behind another activation is a layer of its own")
        return Conv2D(
            weights: weights, bias: bias, inputChannels: inputChannels, window: window, groups: groups,
            activation: .pReLU, slope: rectifier.slope)
    }

    /// Where the windows lie for pictures of `size`.
    package func geometry(for size: Size) -> ConvolutionGeometry {
        window.geometry(for: size)
    }
}

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
            inputChannels: inputChannels, window: window, groups: groups, activation: activation)
    }
}

public import TensorEngine
public import WeightFile

/// A matrix product with every row of features, plus a bias.
///
/// - Source: PyTorch 2 `torch.nn.Linear`.
public struct Linear: Layer {
    /// `[inputFeatures, outputFeatures]`, transposed from the file.
    package var weight: Tensor { weights.tensor }
    private let weights: LayerWeights
    /// `[inputFeatures, outputFeatures]`, for planned products.
    package var matrix: any WeightMatrix { weights.matrix(rows: inputFeatures) }
    /// `[outputFeatures]`.
    package let bias: Tensor
    public let activation: Activation
    /// `[outputFeatures]` for PReLU, else nil.
    package let slope: Tensor?
    public let inputFeatures: Int
    public var outputFeatures: Int { bias.shape.count }

    /// - Parameters:
    ///   - weight: `[outputFeatures, inputFeatures]`, PyTorch's order.
    ///   - bias: `[outputFeatures]`.
    public init(weight: Tensor, bias: Tensor, activation: Activation = .identity) {
        precondition(
            weight.shape.rank == 2 && bias.shape == [weight.shape[0]],
            "weight \(weight.shape) and bias \(bias.shape) do not belong together")
        self.init(
            weights: .expanded(weight.transposed([1, 0])), inputFeatures: weight.shape[1], bias: bias,
            activation: activation)
    }

    /// - Parameters:
    ///   - weight: `[inputFeatures, outputFeatures]`.
    ///   - bias: `[outputFeatures]`.
    init(stored weight: StoredMatrix, bias: Tensor, activation: Activation) {
        self.init(
            weights: .stored(StoredWeights(weight)), inputFeatures: weight.depth, bias: bias, activation: activation)
    }

    private init(
        weights: LayerWeights, inputFeatures: Int, bias: Tensor, activation: Activation, slope: Tensor? = nil
    ) {
        precondition((slope != nil) == (activation == .pReLU), "slopes belong to PReLU, a layer behind this one")
        self.weights = weights
        self.inputFeatures = inputFeatures
        self.bias = bias
        self.activation = activation
        self.slope = slope
    }

    /// Reads `weight` and `bias` below `scope`.
    ///
    /// The weights stay in the mapped file until they are first used; the file must not change meanwhile.
    public init(
        from scope: WeightScope, inputFeatures: Int, outputFeatures: Int, activation: Activation = .identity
    ) throws(WeightError) {
        self.init(
            stored: try scope.matrix("weight", shape: [outputFeatures, inputFeatures]),
            bias: try scope.tensor("bias", shape: [outputFeatures]), activation: activation)
    }

    /// - Parameter input: `[N, inputFeatures]`.
    /// - Returns: `[N, outputFeatures]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let ones = Tensor(repeating: 1, shape: [outputFeatures])
        let sums = input.multiplied(by: weight).scaledAndShifted(byChannel: ones, bias)
        return slope.map { sums.rectified(withSlope: $0) } ?? activation(sums)
    }

    /// The layer and the PReLU behind it as one.
    ///
    /// - Precondition: this layer has no activation yet.
    package func followed(by rectifier: PReLU) -> Linear {
        precondition(activation == .identity, "PReLU behind another activation is a layer of its own")
        return Linear(
            weights: weights, inputFeatures: inputFeatures, bias: bias, activation: .pReLU, slope: rectifier.slope)
    }
}

internal import NeuralLayers
internal import TensorEngine
internal import WeightFile

/// Two linear layers with a ReLU between them: features to logits. Dropout has no effect when a network is used.
struct ClassificationHead: Layer {
    let hidden: Linear
    let output: Linear

    /// Reads layers `1` and `4` below `scope`, their places in the trained `nn.Sequential`.
    ///
    /// - Parameter widths: features, hidden units, classes.
    init(from scope: WeightScope, widths: [Int]) throws(WeightError) {
        hidden = try Linear(
            from: scope.child("1"), inputFeatures: widths[0], outputFeatures: widths[1], activation: .reLU)
        output = try Linear(from: scope.child("4"), inputFeatures: widths[1], outputFeatures: widths[2])
    }

    /// - Parameter input: `[N, features]`.
    /// - Returns: `[N, classes]`, logits.
    func callAsFunction(_ input: Tensor) -> Tensor { output(hidden(input)) }
}

internal import NeuralLayers
internal import TensorEngine
internal import WeightFile

/// The layers of the blendshape network as its file holds them: an MLP mixer.
///
/// - Source: Tolstikhin et al., 2021, arXiv:2105.01601; the graph of `face_blendshapes.tflite`, Google MediaPipe, May 2023.
struct BlendshapeLayers {
    /// Tokens that the points become, beside the learned one.
    static let pointTokens = 96
    static let tokens = pointTokens + 1
    /// Channels of a token.
    static let channels = 64
    private static let blockCount = 4

    /// A normalisation with a factor a channel, and two layers with ReLU between.
    struct Half {
        /// `[channels]`.
        let scale: Tensor
        let first: Linear
        let second: Linear

        init(from scope: WeightScope, features: Int, hidden: Int) throws(WeightError) {
            scale = try scope.child("norm").tensor("weight", shape: [BlendshapeLayers.channels])
            first = try Linear(
                from: scope.child("fc1"), inputFeatures: features, outputFeatures: hidden, activation: .reLU)
            second = try Linear(from: scope.child("fc2"), inputFeatures: hidden, outputFeatures: features)
        }
    }

    /// From the points, in x and in y, to the tokens.
    let points: Linear
    /// From x and y of a token to its channels.
    let embedding: Linear
    /// The channels of the learned token, which the coefficients are read from.
    let token: Tensor
    let blocks: [(tokens: Half, channels: Half)]
    let coefficients: Linear

    init(from scope: WeightScope) throws(WeightError) {
        points = try Linear(
            from: scope.child("points"), inputFeatures: BlendshapeNetwork.points.count,
            outputFeatures: Self.pointTokens)
        embedding = try Linear(from: scope.child("tokens"), inputFeatures: 2, outputFeatures: Self.channels)
        token = try scope.tensor("token", shape: [Self.channels])
        var blocks: [(tokens: Half, channels: Half)] = []
        for index in 0..<Self.blockCount {
            let block = scope.child("blocks.\(index)")
            blocks.append(
                (
                    tokens: try Half(from: block.child("tokens"), features: Self.tokens, hidden: 384),
                    channels: try Half(from: block.child("channels"), features: Self.channels, hidden: 256)
                ))
        }
        self.blocks = blocks
        coefficients = try Linear(
            from: scope.child("coefficients"), inputFeatures: Self.channels,
            outputFeatures: Blendshape.allCases.count, activation: .sigmoid)
    }
}

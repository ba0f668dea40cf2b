import TensorEngine
import TransformerLayers
import WeightFile

/// The encoder as its file holds it: the first layers of a speech recogniser, most of whose matrices are products of two narrow
/// ones.
///
/// - Source: Radford et al., 2022, arXiv:2212.04356 (Whisper), of which the names and sizes of the `base` network's parts are.
struct VoiceEncoderWeights {
    static let channels = 512
    /// Channels between the two layers behind the attention.
    static let inner = 2048
    static let heads = 8
    static let headChannels = channels / heads
    /// Two frames each.
    static let tokens = VoiceSpectrum.frames / 2
    /// Frames under a convolution's window.
    static let taps = 3
    private static let epsilon: Float = 1e-5
    private static let layers = 1...6
    private static let ranks = 1...2048

    /// `second` · `first`, through fewer channels than either side has.
    struct Narrowed {
        /// `[inputs, rank]`, without biases; ranks are padded with zeros to multiples of 8.
        let first: DenseWeights
        /// `[rank, outputs]`.
        let second: DenseWeights

        var rank: Int { second.weight.depth }

        /// Reads `first`, `[rank, inputs]`, `second`, `[outputs, rank]`, and `bias` below `name`.
        init(_ file: WeightReader, _ name: String, inputs: Int, outputs: Int) throws(WeightError) {
            let matrix = name + ".first"
            guard let shape = file.shapes[matrix] else { throw .missingTensor(path: file.path, name: matrix) }
            guard shape.rank == 2, ranks.contains(shape[0]) else {
                throw .shapeMismatch(path: file.path, name: matrix, expected: [1, inputs], actual: shape)
            }
            let (rank, padded, scope) = (shape[0], (shape[0] + 7) & ~7, file.root.child(name))
            first = DenseWeights(
                weight: try scope.matrix("first", shape: [rank, inputs]).padded(rows: inputs, columns: padded),
                bias: Tensor(zeros: [padded]))
            second = DenseWeights(
                weight: try scope.matrix("second", shape: [outputs, rank]).padded(rows: padded, columns: outputs),
                bias: try scope.tensor("bias", shape: [outputs]))
        }

        private init(first: DenseWeights, second: DenseWeights) { (self.first, self.second) = (first, second) }

        /// The same where the outputs are what all heads attend with, head after head.
        fileprivate var byHeads: Narrowed {
            let part = { DenseWeights.Part(second, first: $0 * channels) }
            return Narrowed(
                first: first,
                second: .heads(heads, width: headChannels, queries: part(0), keys: part(1), values: part(2)))
        }
    }

    struct Block {
        let headsNorm: LayerNorm
        /// Head after head its queries, keys and values.
        let heads: Narrowed
        let context: Narrowed
        let innerNorm: LayerNorm
        let widening: Narrowed
        let narrowing: Narrowed
    }

    let firstConvolution: DenseWeights
    let secondConvolution: Narrowed
    /// `[tokens, channels]`.
    let positions: Tensor
    let blocks: [Block]

    init(_ file: WeightReader) throws(WeightError) {
        let text = try file.value("layers")
        guard let layers = Int(text), Self.layers.contains(layers) else {
            throw .invalidMetadata(path: file.path, key: "layers", value: text)
        }
        let channels = Self.channels
        let encoder = file.root.child("encoder")
        firstConvolution = try DenseWeights(
            from: encoder.child("conv1"), inputs: Self.taps * VoiceSpectrum.bands, outputs: channels)
        secondConvolution = try Narrowed(
            file, "encoder.conv2", inputs: Self.taps * channels, outputs: channels)
        positions = try encoder.tensor("positions", shape: [Self.tokens, channels])
        var blocks: [Block] = []
        for index in 0..<layers { blocks.append(try Self.block(file, "encoder.blocks.\(index)")) }
        self.blocks = blocks
    }

    private static func block(_ file: WeightReader, _ name: String) throws(WeightError) -> Block {
        let scope = file.root.child(name)
        func norm(_ part: String) throws(WeightError) -> LayerNorm {
            try LayerNorm(from: scope.child(part), channels: channels, epsilon: epsilon)
        }
        func narrowed(_ part: String, _ inputs: Int, _ outputs: Int) throws(WeightError) -> Narrowed {
            try Narrowed(file, "\(name).\(part)", inputs: inputs, outputs: outputs)
        }
        return Block(
            headsNorm: try norm("norm0"), heads: try narrowed("qkv", channels, 3 * channels).byHeads,
            context: try narrowed("out", channels, channels), innerNorm: try norm("norm1"),
            widening: try narrowed("widening", channels, inner),
            narrowing: try narrowed("narrowing", inner, channels))
    }
}

import WeightFile

/// How large a transformer encoder is.
struct EncoderShape: Hashable, Sendable {
    let layers: Int
    let heads: Int
    /// Channels of a token.
    let channels: Int
    /// Channels between the two layers behind the attention.
    let inner: Int
    /// Kinds of tokens: the vocabulary's pieces.
    let pieces: Int
    /// Places that a token can have in a text.
    let positions: Int
    /// Tokens of a text that are read, the first and the last one included.
    let longestInput: Int
    /// What is added to a variance.
    let epsilon: Float

    var headChannels: Int { channels / heads }

    /// Beyond any network of this kind, and small enough for every product of two to be a number.
    private static let largest = 1 << 20
    /// Tokens of a text at most: attention takes memory of the square of it.
    private static let longestText = 1_024

    /// - Throws: ``WeightError`` for metadata that are missing, or no numbers of a network that can be planned.
    init(_ file: WeightReader) throws(WeightError) {
        func number(_ key: String, in range: ClosedRange<Int>) throws(WeightError) -> Int {
            let text = try file.value(key)
            guard let number = Int(text), range.contains(number) else {
                throw .invalidMetadata(path: file.path, key: key, value: text)
            }
            return number
        }
        func rows(_ name: String) throws(WeightError) -> (Int, Int) {
            guard let shape = file.shapes[name] else { throw .missingTensor(path: file.path, name: name) }
            guard shape.rank == 2, shape.dimensions.allSatisfy({ (1...Self.largest).contains($0) }) else {
                throw .shapeMismatch(path: file.path, name: name, expected: [1, 1], actual: shape)
            }
            return (shape[0], shape[1])
        }
        layers = try number("layers", in: 1...64)
        (pieces, channels) = try rows("embeddings.word_embeddings.weight")
        (positions, _) = try rows("embeddings.position_embeddings.weight")
        (inner, _) = try rows("encoder.layer.0.intermediate.dense.weight")
        heads = try number("heads", in: 1...channels)
        longestInput = try number("longest_input", in: 2...max(min(positions, Self.longestText), 2))
        let text = try file.value("layer_norm_epsilon")
        guard let epsilon = Float(text), epsilon >= 0, epsilon < 1 else {
            throw .invalidMetadata(path: file.path, key: "layer_norm_epsilon", value: text)
        }
        self.epsilon = epsilon
        // A head's channels, and those between, are whole vectors.
        guard channels % (8 * heads) == 0, inner % 8 == 0, longestInput <= positions else {
            throw .invalidMetadata(path: file.path, key: "heads", value: String(heads))
        }
    }
}

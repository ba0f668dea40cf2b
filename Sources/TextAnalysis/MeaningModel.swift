/// What knows how alike texts are in meaning. This target has none; `SentenceEmbedding` has.
public protocol MeaningModel: Sendable {
    /// A vector of length 1 for each text, all of as many numbers; the sum of two vectors' products, number by number, says
    /// how alike their texts are: 1 where they mean the same, about 0 where they have nothing to do with each other.
    func vectors(of texts: [String]) -> [[Float]]
}

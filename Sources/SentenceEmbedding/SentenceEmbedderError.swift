public import ModelWeights
public import WeightFile

/// Why sentences cannot be turned into vectors.
public enum SentenceEmbedderError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No place that was searched has the file, which does not come with the package.
    case missingWeights(file: String, search: WeightSearch)
    case weights(WeightError)
    /// The file's vocabulary is none of a tokenizer.
    case vocabulary(file: String, VocabularyError)

    public var description: String {
        switch self {
        case .missingWeights(let file, let search):
            "\(file) is in none of: \(search); it does not come with the package, make text-model fetches it"
        case .weights(let error): error.description
        case .vocabulary(let file, let error): "\(file): \(error)"
        }
    }
}

/// Why pieces of words are no vocabulary of a tokenizer.
public enum VocabularyError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooMany(count: Int, limit: Int)
    /// One of the pieces that have a meaning of their own, such as `[UNK]`.
    case missing(String)
    case twice(String)

    public var description: String {
        switch self {
        case .tooMany(let count, let limit): "a vocabulary of \(count) pieces for \(limit)"
        case .missing(let piece): "the vocabulary has no \(piece)"
        case .twice(let piece): "the vocabulary has \(piece.debugDescription) twice"
        }
    }
}

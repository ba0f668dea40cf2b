/// Why results of other models cannot be fused.
public enum FusionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Negative, above 1, or no number.
    case invalidProbability(Modality, label: String, value: Double)
    /// Not within 0…100.
    case invalidQualityScore(Double)
    /// A field without which the model has said nothing is missing.
    case missingField(Modality, field: String)
    /// A field, by its path, holds something else than it should.
    case invalidField(Modality, field: String, reason: String)
    /// No JSON object.
    case notJSON(Modality)

    public var description: String {
        switch self {
        case .invalidProbability(let modality, let label, let value):
            "\(modality.rawValue): \(label) has the probability \(value)"
        case .invalidQualityScore(let value): "text: a quality score of \(value), which should lie within 0…100"
        case .missingField(let modality, let field):
            "\(modality.rawValue): the field \(field) is missing; this is no result of a \(modality.rawValue) model"
        case .invalidField(let modality, let field, let reason): "\(modality.rawValue): \(field): \(reason)"
        case .notJSON(let modality): "\(modality.rawValue): this is not one JSON object"
        }
    }
}

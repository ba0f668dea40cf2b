public import Emotions

/// Why results of other models cannot be fused.
public enum FusionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Negative, above 1, or no number.
    case invalidProbability(Modality, Emotion, value: Double)
    /// Not within 0…100.
    case invalidQualityScore(Double)

    public var description: String {
        switch self {
        case .invalidProbability(let modality, let emotion, let value):
            "\(modality.rawValue): \(emotion.rawValue) has the probability \(value)"
        case .invalidQualityScore(let value): "text: a quality score of \(value), which should lie within 0…100"
        }
    }
}

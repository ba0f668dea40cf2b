/// The seven facial expressions that are told apart, in the order of the classifier's outputs.
///
/// A score says what an expression looks like, never what a person feels.
/// - Source: FER2013's classes (Goodfellow et al., 2013, arXiv:1307.0414), in its label order.
public enum Emotion: String, CaseIterable, Codable, Sendable, Hashable {
    case angry, disgust, fear, happy, sad, surprise, neutral
}

extension Emotion {
    /// Position among the classifier's outputs, 0…6.
    public var index: Int {
        switch self {
        case .angry: 0
        case .disgust: 1
        case .fear: 2
        case .happy: 3
        case .sad: 4
        case .surprise: 5
        case .neutral: 6
        }
    }
}

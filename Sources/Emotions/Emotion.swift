/// The seven facial expressions that are told apart, in the order of the classifier's outputs.
///
/// A score says what an expression looks like, never what a person feels.
/// - Source: FER2013's classes (Goodfellow et al., 2013, arXiv:1307.0414), in its label order.
public enum Emotion: String, CaseIterable, Codable, Sendable, Hashable {
    case angry, disgust, fear, happy, sad, surprise, neutral
}

public import Emotions

/// How much each expression counts for or against a composed impression in an interview.
///
/// - Source: `confidence_weights` in section 3 ("Why Interview-Specific Scoring?") of the original system's description.
public enum ConfidenceWeights {
    /// Strong positive.
    public static let happy = 0.85
    /// Professional composure.
    public static let neutral = 0.75
    /// Engagement.
    public static let surprise = 0.50
    /// Negative.
    public static let sad = -0.60
    /// Looks anxious.
    public static let fear = -0.70
    /// Looks frustrated.
    public static let angry = -0.50
    /// Mildly negative.
    public static let disgust = -0.40

    /// The weight of one expression.
    public static func weight(of emotion: Emotion) -> Double {
        switch emotion {
        case .angry: angry
        case .disgust: disgust
        case .fear: fear
        case .happy: happy
        case .sad: sad
        case .surprise: surprise
        case .neutral: neutral
        }
    }
}

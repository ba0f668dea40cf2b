package import Emotions

/// How much each expression counts for or against a composed impression in an interview.
///
/// - Source: `confidence_weights` in section 3 ("Why Interview-Specific Scoring?") of the original system's description.
package enum ConfidenceWeights {
    /// Strong positive.
    package static let happy = 0.85
    /// Professional composure.
    package static let neutral = 0.75
    /// Engagement.
    package static let surprise = 0.50
    /// Negative.
    package static let sad = -0.60
    /// Looks anxious.
    package static let fear = -0.70
    /// Looks frustrated.
    package static let angry = -0.50
    /// Mildly negative.
    package static let disgust = -0.40

    /// The weight of one expression.
    package static func weight(of emotion: Emotion) -> Double {
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

public import Emotions

/// The interview confidence of one set of expression probabilities: how composed a face looks, 0…1.
///
/// score = clamp((Σ weight · probability + 0.7) / 1.55), so that pure fear scores 0 and pure happiness 1. The
/// original also sums |weight| · probability and never uses the sum; it is left out.
/// - Source: "Interview-Specific Scoring Algorithm", section 9 of the original system's description.
public enum InterviewConfidence {
    /// Added to the weighted sum: the magnitude of the most negative weight.
    package static let offset = 0.7
    /// The span from the most negative to the most positive weight, 0.85 + 0.7.
    package static let span = 1.55

    /// The score of probabilities that need no correction (any more).
    ///
    /// - Complexity: O(1); no allocation.
    package static func score(ofCorrected emotions: EmotionScores) -> Double {
        min(1, max(0, (weightedSum(of: emotions) + offset) / span))
    }

    /// The score of probabilities as the classifier gave them, after every correction that applies.
    ///
    /// - Parameter profile: the face at rest, where one was captured; see ``ExpressionCorrection``.
    public static func score(of emotions: EmotionScores, profile: RestingFaceProfile? = nil) -> Double {
        score(ofCorrected: ExpressionCorrection.corrected(emotions, profile: profile))
    }

    static func weightedSum(of emotions: EmotionScores) -> Double {
        var sum = 0.0
        for emotion in Emotion.allCases { sum += emotions[emotion] * ConfidenceWeights.weight(of: emotion) }
        return sum
    }
}

public import Emotions

/// The seven probabilities of face and voice as one.
///
/// - Source: `fuse_emotions`, section 8 of the original system's description.
public enum EmotionFusion {
    /// What each of the two counts before normalisation.
    public static let share = 0.5

    /// Half of each, divided by the sum; one alone is its own answer, and nil where both are missing.
    ///
    /// All sums run in the fixed order of the emotions, so the order of keys in a file changes no bit.
    public static func fuse(facial: EmotionScores?, voice: EmotionScores?) -> EmotionScores? {
        guard facial != nil || voice != nil else { return nil }
        var fused = EmotionScores([:])
        for scores in [facial, voice].compactMap({ $0 }) {
            for emotion in Emotion.allCases { fused[emotion] += scores[emotion] * share }
        }
        let total = fused.values.reduce(0, +)
        return total > 0 ? EmotionScores(fused.values.map { $0 / total }) : fused
    }
}

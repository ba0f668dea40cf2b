package import Emotions

/// The seven probabilities of face and voice as one.
///
/// - Source: `fuse_emotions`, section 8 of the original system's description.
package enum EmotionFusion {
    /// What each of the two counts before normalisation.
    package static let share = 0.5

    /// Half of each, divided by the sum; one alone is its own answer, and nil where both are missing.
    ///
    /// All sums run in the fixed order of the emotions, so the order of keys in a file changes no bit.
    package static func fuse(facial: EmotionScores?, voice: EmotionScores?) -> EmotionScores? {
        fuse(facial: facial.map { LabelledEmotions($0) }, voice: voice.map { LabelledEmotions($0) })?.scores
    }

    /// As for the seven; labels beyond them take part as they do in the original's loop over the keys.
    package static func fuse(facial: LabelledEmotions?, voice: LabelledEmotions?) -> LabelledEmotions? {
        guard facial != nil || voice != nil else { return nil }
        var fused = LabelledEmotions(EmotionScores([:]))
        for emotions in [facial, voice].compactMap({ $0 }) { fused.add(emotions, share: share) }
        let total = fused.total
        return total > 0 ? fused.divided(by: total) : fused
    }
}

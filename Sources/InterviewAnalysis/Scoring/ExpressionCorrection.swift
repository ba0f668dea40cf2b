package import Emotions

/// The misreadings of a classifier trained on FER2013 that are set right before a face is scored.
///
/// With a ``RestingFaceProfile`` the face's own bias is taken off first and the general resting-face rule is left out,
/// since both correct the same misreading. Every correction moves probability and makes none: the sum stays.
/// - Source: sections 5 (Issue 5) and 9 of the original system's description.
package enum ExpressionCorrection {
    /// Surprise above which a smile may have been taken for surprise.
    package static let smileSurpriseThreshold = 0.4
    /// Happiness that must be seen beside it.
    package static let smileHappyThreshold = 0.15
    /// The part of surprise that is moved to happiness…
    package static let smileTransferShare = 0.5
    /// …and the most that is ever moved.
    package static let smileTransferLimit = 0.35

    /// Anger of a face at rest: above this…
    package static let restingAngryLowerBound = 0.35
    /// …and below this; stronger anger is believed.
    package static let restingAngryUpperBound = 0.70
    /// Neutral and happy together must exceed this.
    package static let restingPositiveThreshold = 0.15
    /// The most of the anger that is moved, as a share.
    package static let restingCorrectionLimit = 0.6
    /// Where the moved anger goes.
    package static let restingNeutralShare = 0.8
    package static let restingHappyShare = 0.2

    /// Both rules of the original in its order, or the profile and the smile rule where there is a profile.
    package static func corrected(_ emotions: EmotionScores, profile: RestingFaceProfile? = nil) -> EmotionScores {
        guard let profile else { return restingFaceCorrected(smileCorrected(emotions)) }
        return smileCorrected(profile.corrected(emotions))
    }

    /// Moves half of a strong surprise to happiness where happiness is seen as well: a smile read as surprise.
    package static func smileCorrected(_ emotions: EmotionScores) -> EmotionScores {
        guard emotions[.surprise] > smileSurpriseThreshold, emotions[.happy] > smileHappyThreshold else {
            return emotions
        }
        let transfer = min(smileTransferLimit, emotions[.surprise] * smileTransferShare)
        var corrected = emotions
        corrected[.happy] += transfer
        corrected[.surprise] -= transfer
        return corrected
    }

    /// Moves a part of a middling anger to neutral and happiness: a face at rest read as angry.
    ///
    /// The original does not define its `positive_sum`; here it is neutral + happy, the two that receive the anger.
    package static func restingFaceCorrected(_ emotions: EmotionScores) -> EmotionScores {
        let angry = emotions[.angry]
        let positive = emotions[.neutral] + emotions[.happy]
        guard angry > restingAngryLowerBound, angry < restingAngryUpperBound, positive > restingPositiveThreshold
        else { return emotions }
        let factor = min(restingCorrectionLimit, positive)
        let transfer = angry * factor
        var corrected = emotions
        corrected[.neutral] += transfer * restingNeutralShare
        corrected[.happy] += transfer * restingHappyShare
        corrected[.angry] = angry * (1 - factor)
        return corrected
    }
}

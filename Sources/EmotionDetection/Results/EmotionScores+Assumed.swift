extension EmotionScores {
    /// Neutral with a confidence of a quarter, the rest shared evenly: what is answered where there is nothing to look at.
    ///
    /// - Source: the original system's last fallback, "neutral emotions with low confidence".
    static let assumedNeutral: EmotionScores = {
        let neutral = 0.25
        let others = (1 - neutral) / Double(Emotion.allCases.count - 1)
        var scores = EmotionScores([Double](repeating: others, count: Emotion.allCases.count))
        scores[.neutral] = neutral
        return scores
    }()
}

import Emotions

extension EmotionScores {
    /// The mean of each of the seven; nil for no scores.
    static func mean(of scores: some Collection<EmotionScores>) -> EmotionScores? {
        guard !scores.isEmpty else { return nil }
        var sums = EmotionScores([:])
        for each in scores {
            for emotion in Emotion.allCases { sums[emotion] += each[emotion] }
        }
        return EmotionScores(sums.values.map { $0 / Double(scores.count) })
    }
}

import Emotions

extension InterviewEmotionAnalyzer {
    /// One thing to try while one speaks, from what the rolling window shows; nil before the first frame.
    public var hint: String? {
        smoothedEmotions.map {
            LiveHint.text(for: ShownScore(Statistics.mean(recentConfidence.elements)).level, showing: $0)
        }
    }
}

/// What to tell somebody while they speak: about what lowers the score now, not about the score.
enum LiveHint {
    /// An expression below this probability is not worth a word.
    private static let leastProbability = 0.2

    /// - Parameter emotions: mean probabilities of the last frames.
    static func text(for level: ConfidenceLevel, showing emotions: EmotionScores) -> String {
        if level == .excellent || level == .confident { return "Go on like this." }
        let costliest = Emotion.allCases.filter { $0.remedy != nil }
            .max { cost(of: $0, in: emotions) < cost(of: $1, in: emotions) }
        let smile = emotions[.happy]
        if let costliest, let remedy = costliest.remedy, emotions[costliest] >= leastProbability,
            emotions[costliest] > smile
        {
            return remedy.prefix(1).uppercased() + remedy.dropFirst() + "."
        }
        return level == .moderate && smile < leastProbability
            ? "Try a small smile when you finish a thought." : "Take a breath before the next sentence."
    }

    private static func cost(of emotion: Emotion, in emotions: EmotionScores) -> Double {
        -ConfidenceWeights.weight(of: emotion) * emotions[emotion]
    }
}

import Emotions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

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

    /// −Σ p·ln p in nats: 0 for one expression alone, ln 7 for no idea at all.
    var entropy: Double { values.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 } }
}

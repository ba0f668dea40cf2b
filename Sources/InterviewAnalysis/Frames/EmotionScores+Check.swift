import Emotions

extension EmotionScores {
    /// The probabilities may miss 1 by this much: seven values rounded to two digits on their way here.
    static let sumTolerance = 0.05

    /// That these are seven probabilities, as far as foreign programs keep their digits.
    func checkProbabilities() throws(AnalyzerError) {
        var sum = 0.0
        for emotion in Emotion.allCases {
            let value = self[emotion]
            guard (0...1).contains(value) else { throw .invalidProbability(emotion, value: value) }
            sum += value
        }
        guard abs(sum - 1) <= Self.sumTolerance else { throw .probabilitiesDoNotSumToOne(sum: sum) }
    }
}

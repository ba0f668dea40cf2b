import EmotionDetection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Every figure about a set of answers.
public struct EvaluationFigures: Hashable, Sendable {
    public let count: Int
    /// Pictures whose answer is their label.
    public let right: Int
    public let confusion: ConfusionMatrix
    public let reliability: Reliability
    /// The mean of −log of the label's probability, natural logarithm.
    public let negativeLogLikelihood: Double
    /// The mean of Σ (probability − [emotion is the label])², 0…2.
    public let brierScore: Double

    /// A probability below this counts as this, so that one zero does not make the mean infinite.
    private static let smallestProbability = 1e-12

    /// - Precondition: `pictures` is not empty.
    public init(_ pictures: [LabelledScores]) {
        precondition(!pictures.isEmpty, "figures of no pictures")
        count = pictures.count
        right = pictures.count(where: \.isRight)
        confusion = ConfusionMatrix(pictures)
        reliability = Reliability(pictures)
        negativeLogLikelihood =
            pictures.reduce(0) { $0 - log(max($1.scores[$1.label], Self.smallestProbability)) } / Double(count)
        brierScore = pictures.reduce(0) { $0 + Self.squaredError($1) } / Double(count)
    }

    /// The part of the answers that are right.
    public var accuracy: Double { Double(right) / Double(count) }
    /// Where ``accuracy`` would lie on ever more pictures of the kind, 95 %.
    public var interval: ProportionInterval { ProportionInterval(successes: right, of: count) }

    private static func squaredError(_ picture: LabelledScores) -> Double {
        Emotion.allCases.reduce(0) { sum, emotion in
            let difference = picture.scores[emotion] - (emotion == picture.label ? 1 : 0)
            return sum + difference * difference
        }
    }
}

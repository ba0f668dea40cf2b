import Emotions

/// How far a mean score can be trusted: what other light would have made of the same faces, and what other moments of the
/// session would have shown, since only some of them were looked at.
///
/// A probability that is split between happy and sad moves the score far when a lamp is turned; one that is sure does not.
/// The half width for light is ``lightFactor`` times the mean variance of the score under each frame's own seven
/// probabilities, up to twice that for badly captured frames. The factor covers every shift between a clip and its
/// darkened, dimmed and warmer copies.
///
/// The half width for chance is that of Student's 95 % interval of the mean. Frames of one second show nearly the same face
/// and count as one look. Three looks do not tell how much a face varies: until there are more, ``usualDeviation`` stands
/// in, with the weight of ``usualWeight`` looks. See `Docs/SessionQuality.md`.
public struct ScoreInterval: Codable, Sendable, Hashable {
    /// 0…1, both: the mean less and plus both half widths in quadrature.
    public let lower: Double
    public let upper: Double
    /// Half widths before the limits 0 and 1: for other light, and for the number of looks.
    public let light: Double
    public let chance: Double

    /// What a unit of variance of the score becomes as a half width.
    package static let lightFactor = 1.9
    /// Standard deviation of the score within a session of which little is known: the median of five clips of people who
    /// talk.
    package static let usualDeviation = 0.2
    /// As many looks as this are as telling as ``usualDeviation``.
    package static let usualWeight = 3.0

    /// Nil for no frames.
    init?(of frames: [FrameData]) {
        guard let first = frames.first, let last = frames.last else { return nil }
        let scores = frames.map(\.confidenceScore)
        let mean = Statistics.mean(scores)
        let doubt = Statistics.mean(frames.map { Self.variance(of: $0.emotions) * (2 - ($0.quality?.score ?? 1)) })
        light = Self.lightFactor * doubt
        chance = Self.chance(of: scores, seconds: last.timestamp - first.timestamp)
        let half = (light * light + chance * chance).squareRoot()
        lower = max(0, mean - half)
        upper = min(1, mean + half)
    }

    /// Half of the 95 % interval that the number of looks leaves open.
    ///
    /// - Parameter seconds: from the first to the last of the scores.
    private static func chance(of scores: [Double], seconds: Double) -> Double {
        let looks = min(Double(scores.count), 1 + seconds)
        let squares = usualWeight * usualDeviation * usualDeviation + looks * Statistics.variance(scores)
        let variance = squares / (usualWeight + looks)
        return StudentQuantile.upper975(degreesOfFreedom: Int(usualWeight + looks - 1))
            * (variance / looks).squareRoot()
    }

    /// Σ p·w² − (Σ p·w)² over the seven expressions, in squared points of the score.
    static func variance(of emotions: EmotionScores) -> Double {
        var (mean, squares) = (0.0, 0.0)
        for emotion in Emotion.allCases {
            let points = ConfidenceWeights.weight(of: emotion) / InterviewConfidence.span
            mean += emotions[emotion] * points
            squares += emotions[emotion] * points * points
        }
        return max(0, squares - mean * mean)
    }
}

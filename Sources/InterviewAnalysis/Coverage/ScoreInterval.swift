import Emotions

/// How far a mean score can be trusted: what other light would have made of the same faces.
///
/// A probability that is split between happy and sad moves the score far when a lamp is turned; one that is sure does not.
/// The half width is ``lightFactor`` times the mean variance of the score under each frame's own seven probabilities, up to
/// twice that for badly captured frames. The factor covers every shift between a clip and its darkened, dimmed and warmer
/// copies (`Docs/SessionQuality.md`).
public struct ScoreInterval: Codable, Sendable, Hashable {
    /// 0…1, both.
    public let lower: Double
    public let upper: Double
    /// Half width before the limits 0 and 1.
    public let light: Double

    /// What a unit of variance of the score becomes as a half width.
    public static let lightFactor = 1.9

    /// Nil for no frames.
    init?(of frames: [FrameData]) {
        guard !frames.isEmpty else { return nil }
        let mean = Statistics.mean(frames.map(\.confidenceScore))
        let doubt = Statistics.mean(frames.map { Self.variance(of: $0.emotions) * (2 - ($0.quality?.score ?? 1)) })
        light = Self.lightFactor * doubt
        lower = max(0, mean - light)
        upper = min(1, mean + light)
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

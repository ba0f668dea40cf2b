public import Emotions

/// What a score is made of: contributions that add up, in their order, to exactly the score.
///
/// score = start + Σ (what each expression adds or takes) + corrections + remainder, where an expression adds
/// weight · probability / 1.55 and the start, 0.7 / 1.55, is the score of a face that shows nothing at all. The
/// remainder is what the limits 0 and 1 cut off, and the last bits of rounding.
public struct ScoreExplanation: Codable, Sendable, Hashable {
    /// 0…1.
    public let score: Double
    public let factors: [Factor]

    /// One part of a score.
    public struct Factor: Codable, Sendable, Hashable {
        public let source: Source
        /// In points of the score, which runs 0…1; negative where it takes away.
        public let contribution: Double
    }

    /// Where a part of a score comes from.
    public enum Source: String, Codable, Sendable, Hashable, CaseIterable {
        case start
        case angry, disgust, fear, happy, sad, surprise, neutral
        case restingFaceProfile = "resting_face_profile"
        case smileCorrection = "smile_correction"
        case restingFaceCorrection = "resting_face_correction"
        case remainder
    }

    /// Explains the score of one frame.
    public init(of emotions: EmotionScores, profile: RestingFaceProfile? = nil) {
        self.init(
            score: InterviewConfidence.score(of: emotions, profile: profile),
            parts: Self.parts(of: emotions, profile: profile))
    }

    /// Explains the mean score of many frames; nil for none.
    ///
    /// - Complexity: O(frames).
    package init?(of frames: some Collection<FrameData>, profile: RestingFaceProfile? = nil) {
        guard !frames.isEmpty else { return nil }
        var sums = [Double](repeating: 0, count: Self.explained.count)
        for frame in frames {
            for (index, part) in Self.parts(of: frame.emotions, profile: profile).enumerated() { sums[index] += part }
        }
        let count = Double(frames.count)
        self.init(score: Statistics.mean(frames.map(\.confidenceScore)), parts: sums.map { $0 / count })
    }

    /// The expression or correction that cost the most; nil where nothing cost anything.
    package var largestCost: Factor? {
        factors.filter { $0.contribution < 0 && $0.source != .remainder }.min { $0.contribution < $1.contribution }
    }

    /// Every source but the remainder, in the order of ``parts(of:profile:)``.
    private static let explained = Source.allCases.filter { $0 != .remainder }

    private init(score: Double, parts: [Double]) {
        self.score = score
        let sum = parts.reduce(0, +)
        factors =
            zip(Self.explained, parts).map { Factor(source: $0, contribution: $1) }
            + [Factor(source: .remainder, contribution: score - sum)]
    }

    private static func parts(of emotions: EmotionScores, profile: RestingFaceProfile?) -> [Double] {
        var parts = [InterviewConfidence.offset / InterviewConfidence.span]
        for emotion in Emotion.allCases {
            parts.append(emotions[emotion] * ConfidenceWeights.weight(of: emotion) / InterviewConfidence.span)
        }
        let profiled = profile?.corrected(emotions) ?? emotions
        let smiled = ExpressionCorrection.smileCorrected(profiled)
        let rested = profile == nil ? ExpressionCorrection.restingFaceCorrected(smiled) : smiled
        let sums = [emotions, profiled, smiled, rested].map(InterviewConfidence.weightedSum)
        for (before, after) in zip(sums, sums.dropFirst()) { parts.append((after - before) / InterviewConfidence.span) }
        return parts
    }
}

public import Emotions

/// When the strongest expression is not strong enough to be named.
///
/// On calibrated probabilities a top answer below one half is more likely wrong than right; that is the default. Who
/// knows the model passes on what was measured for it. It is about names only: scores weigh all seven probabilities and
/// need no winner.
public struct UncertaintyRule: Codable, Sendable, Hashable {
    /// The least probability with which an expression is named, 0…1.
    public var minimumProbability: Double

    public init(minimumProbability: Double = 0.5) { self.minimumProbability = minimumProbability }

    /// The strongest expression, or that it is uncertain.
    public func answer(for emotions: EmotionScores) -> ExpressionAnswer {
        let dominant = emotions.dominant
        return emotions[dominant] >= minimumProbability ? .expression(dominant) : .uncertain
    }

    enum CodingKeys: String, CodingKey {
        case minimumProbability = "minimum_probability"
    }
}

/// The expression a face is said to show, which may be none.
public enum ExpressionAnswer: Sendable, Hashable, CustomStringConvertible {
    case expression(Emotion)
    case uncertain

    public var description: String {
        switch self {
        case .expression(let emotion): emotion.rawValue
        case .uncertain: "uncertain"
        }
    }
}

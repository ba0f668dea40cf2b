import Emotions

/// The reading that lowered the score most, by how much, and what to try about it.
package struct ScoreTip: Codable, Sendable, Hashable {
    /// The expression that cost most.
    package let source: ScoreExplanation.Source
    /// What it cost, in points of the score (0…1).
    package let cost: Double
    /// Around when it was read most strongly, in seconds since the session began.
    package let moment: Double?
    /// What it is mostly read from, and one thing to try.
    package let advice: String

    /// A smaller cost is not worth a word.
    package static let smallestCost = 0.02

    init?(from explanation: ScoreExplanation, expressions: [ExpressionStretch]) {
        guard let factor = explanation.largestCost, -factor.contribution >= Self.smallestCost,
            let emotion = Emotion(rawValue: factor.source.rawValue), let remedy = emotion.remedy
        else { return nil }
        source = factor.source
        cost = -factor.contribution
        moment = expressions.max { $0.emotions[emotion] < $1.emotions[emotion] }.map { ($0.start + $0.end) / 2 }
        advice = "It is mostly read from \(emotion.movements). If you see that in the recording, \(remedy)."
    }
}

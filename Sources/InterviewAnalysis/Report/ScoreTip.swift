/// What would raise the score most, and by how much at the most.
public struct ScoreTip: Codable, Sendable, Hashable {
    /// The expression that cost most.
    public let source: ScoreExplanation.Source
    /// What it cost, in points of the score (0…1).
    public let cost: Double
    public let advice: String

    /// Costs below are not worth a word.
    public static let smallestCost = 0.02

    init?(from explanation: ScoreExplanation) {
        guard let factor = explanation.largestCost, -factor.contribution >= Self.smallestCost,
            let advice = Self.advice(about: factor.source)
        else { return nil }
        source = factor.source
        cost = -factor.contribution
        self.advice = advice
    }

    private static func advice(about source: ScoreExplanation.Source) -> String? {
        switch source {
        case .fear: "A tense look cost most: breathe out before each answer and let your brow come down."
        case .sad: "A downcast look cost most: look into the camera, not at the keyboard."
        case .angry: "A stern look cost most: loosen brow and jaw while you listen."
        case .disgust: "A wrinkled nose or raised lip cost most: keep the middle of your face loose while you think."
        default: nil
        }
    }
}

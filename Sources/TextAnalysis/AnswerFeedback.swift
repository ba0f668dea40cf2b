/// The rubric's findings in a few sentences.
enum AnswerFeedback {
    /// What went best, and the three things that cost most, each with the answer's own words.
    ///
    /// - Parameter shares: of each criterion's points, what it would earn alone: a fault of the whole is said once, above all.
    static func text(_ scores: [CriterionScore], shares: [Double], coherence: Coherence) -> String {
        var sentences: [String] = []
        if coherence.novelty < 0.7 { sentences.append("Much of it is said more than once.") }
        if coherence.factor < 0.6 * ramp(coherence.novelty, from: 0.3, to: 0.8) {
            sentences.append("The words do not make sentences: tell it as you would say it.")
        }
        let judged = Array(zip(scores, shares))
        let best = judged.filter { $0.1 >= 0.75 && $0.0.points > 0 && $0.0.criterion != .sentences }
            .max { $0.0.points < $1.0.points }?.0
        if let best { sentences.append("Keep: " + best.comment) }
        let lost = judged.filter { $0.1 < 0.7 }
            .sorted { $0.0.maximum * (1 - $0.1) > $1.0.maximum * (1 - $1.1) }.prefix(3).map(\.0)
        for score in lost { sentences.append("Try: " + advice(for: score)) }
        return sentences.joined(separator: " ")
    }

    private static func advice(for score: CriterionScore) -> String {
        let words = FormCriteria.quoted(score.evidence)
        return switch score.criterion {
        case .length: score.comment
        case .structure: score.comment + " Say where it was, what was to be done, what you did and what came of it."
        case .contribution: score.comment + (words.isEmpty ? "" : " You have \(words); add what you did next.")
        case .specifics: score.comment + " Name how many, when, with whom, with what."
        case .results:
            score.comment
                + (words.isEmpty ? " End with what changed." : " Behind \(words), say by how much or how you know.")
        case .opening: score.comment + " Answer in the first sentence, then tell the story."
        case .wording: score.comment + " Leave them out or say what you mean by them."
        case .sentences: score.comment + " Make two of one."
        case .relevance: score.comment + " Say in the question's own words what you answer."
        }
    }
}

import TestSupport

/// A question with a weak, a middling and a strong answer, written for these tests by somebody who did not know the rubric.
struct MadeAnswers: Codable {
    let question: String
    let weak: String
    let middling: String
    let strong: String

    /// `answers.json`: 20 questions, by which the rubric's lists and weights were chosen. `answers-afterwards.json`: 10
    /// questions, written when the rubric was finished, after which neither was changed for their sake.
    static func read(_ name: String) throws -> [MadeAnswers] { try Fixture.json(name) }

    var all: [String] { [weak, middling, strong] }
}

import ServiceRoutes
import Testing
import TextAnalysis

@Suite struct AnswerJudgeTests {
    /// Says that all texts mean the same.
    private struct SameMeaning: MeaningModel {
        func vectors(of texts: [String]) -> [[Float]] { texts.map { _ in [1, 0] } }
    }

    private static let answer =
        "Last spring our checkout was failing for two percent of the customers. I traced 300 failed payments, found a race in "
        + "the retry code, and rewrote it in Go within nine days. Failures fell from 2 % to 0.1 %."
    private static let question = "Which hobby do you have at home?"

    @Test func comparesByMeaningWhereThereIsAModelAndSaysSo() async throws {
        let words = try await AnswerJudge(meaning: nil).analysis(of: Self.answer, question: Self.question)
        let meant = try await AnswerJudge(meaning: SameMeaning()).analysis(of: Self.answer, question: Self.question)
        #expect(words.measurements.relevanceMethod == "words in common")
        #expect(meant.measurements.relevanceMethod == "meaning")
        func points(_ analysis: AnswerAnalysis) throws -> Double {
            try #require(analysis.criteria.first { $0.criterion == .relevance }).points
        }
        #expect(try points(meant) > points(words))
        let alone = try await AnswerJudge(meaning: SameMeaning()).analysis(of: Self.answer, question: nil)
        #expect(alone.measurements.relevanceMethod == nil)
    }

    @Test func refusesWhatCannotBeJudged() async {
        let judge = AnswerJudge(meaning: SameMeaning())
        let german = "Im letzten Jahr habe ich mit meinem Team ein neues System gebaut und damit die Kosten gesenkt."
        await #expect(throws: Problem.self) { try await judge.analysis(of: german, question: nil) }
        await #expect(throws: Problem.self) { try await judge.analysis(of: "", question: nil) }
    }
}

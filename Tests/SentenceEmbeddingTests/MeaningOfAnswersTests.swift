import ModelWeights
import Synchronization
import TestSupport
import Testing
import TextAnalysis

@testable import SentenceEmbedding

/// Asks the model of each text once.
private final class Remembered: MeaningModel {
    private let embedder: SentenceEmbedder
    private let known = Mutex<[String: [Float]]>([:])

    init(_ embedder: SentenceEmbedder) { self.embedder = embedder }

    func vectors(of texts: [String]) -> [[Float]] {
        let new = Array(Set(texts).subtracting(known.withLock { Set($0.keys) }))
        let vectors = embedder.vectors(of: new)
        return known.withLock { known in
            known.merge(zip(new, vectors)) { $1 }
            return texts.map { known[$0] ?? [] }
        }
    }
}

/// The rubric with the model on the answers that were made for it; without the model nothing of this can be tested.
@Suite struct MeaningOfAnswersTests {
    private struct Item: Decodable {
        let question: String
        let weak: String
        let middling: String
        let strong: String

        var all: [String] { [weak, middling, strong] }
    }

    private func items(_ name: String) throws -> [Item] {
        try Fixture.json("../../TextAnalysisTests/Fixtures/\(name)")
    }

    private static let embedder = Result { () throws -> Remembered? in
        guard TestBuild.isRelease(for: "MeaningOfAnswersTests") else { return nil }
        guard let path = SentenceEmbedder.path() else {
            print("skipped: \(SentenceEmbedder.file) is absent; make text-model makes it")
            return nil
        }
        return Remembered(try SentenceEmbedder(contentsOf: path))
    }

    /// The set that thresholds were chosen on, and the one written afterwards, for which nothing was changed.
    @Test(arguments: [("answers.json", 60, 59), ("answers-afterwards.json", 30, 28)])
    func answersAreOrderedHardlyWorseThanWithoutIt(name: String, all: Int, right: Int) throws {
        guard let embedder = try Self.embedder.get() else { return }
        var (found, pairs): (Int, Int) = (0, 0)
        for item in try items(name) {
            let scores = try item.all.map {
                try AnswerRubric.analyze($0, question: item.question, meaning: embedder).qualityScore
            }
            for (worse, better) in [(0, 1), (1, 2), (0, 2)] {
                pairs += 1
                if scores[worse] < scores[better] { found += 1 }
            }
        }
        print("ordered rightly with the model: \(found) of \(pairs)")
        #expect(pairs == all)
        #expect(found >= right)
    }

    /// Of an answer to a question and one to another, how often the first is the more relevant one.
    private func advantage(_ name: String, _ meaning: (any MeaningModel)?) throws -> Double {
        let items = try items(name)
        var (better, all): (Double, Double) = (0, 0)
        for (index, item) in items.enumerated() {
            let scores = try items.map { other in
                try other.all.map { answer in
                    let analysis = try AnswerRubric.analyze(answer, question: item.question, meaning: meaning)
                    return analysis.criteria.first { $0.criterion == .relevance }.map { $0.points / $0.maximum } ?? 0
                }
            }
            for own in scores[index] {
                for (other, foreign) in scores.enumerated() where other != index {
                    better += foreign.reduce(0) { $0 + (own > $1 ? 1 : own == $1 ? 0.5 : 0) }
                    all += Double(foreign.count)
                }
            }
        }
        return better / all
    }

    @Test func ownAnswersAreMoreRelevantThanOthers() throws {
        guard let embedder = try Self.embedder.get() else { return }
        let chosen = try (advantage("answers.json", embedder), advantage("answers.json", nil))
        let afterwards = try (advantage("answers-afterwards.json", embedder), advantage("answers-afterwards.json", nil))
        print("own answer ahead of another's: by meaning and by words \(chosen), on the later set \(afterwards)")
        #expect(chosen.0 > chosen.1 + 0.15)
        #expect(afterwards.0 > afterwards.1 + 0.08)
    }

    /// Sentences that say the same in other words, and answers to different questions, which hardly do.
    @Test func whatIsRetoldIsFound() throws {
        guard let embedder = try Self.embedder.get() else { return }
        let retold: [[String]] = try Fixture.json("retold.json")
        let byMeaning = retold.count { !AnswerRepetition.find(in: $0, meaning: embedder).pairs.isEmpty }
        let byWords = retold.count { !AnswerRepetition.find(in: $0).pairs.isEmpty }
        let strong = try items("answers.json").map(\.strong)
        let falseAlarms = AnswerRepetition.find(in: strong, meaning: embedder).pairs.count
        print("retold: \(byMeaning) by meaning, \(byWords) by words of \(retold.count); \(falseAlarms) among strangers")
        #expect(byMeaning >= 7)
        #expect(byMeaning > byWords)
        #expect(falseAlarms == 0)
    }

    /// Pairs that were written after the limit was set, and for which nothing was changed; and those of them that are no pairs.
    @Test func whatIsRetoldIsFoundInPairsThatWereWrittenAfterwards() throws {
        guard let embedder = try Self.embedder.get() else { return }
        let retold: [[String]] = try Fixture.json("retold-afterwards.json")
        #expect(retold.count == 20)
        let found = retold.count { !AnswerRepetition.find(in: $0, meaning: embedder).pairs.isEmpty }
        let firsts = AnswerRepetition.find(in: retold.map { $0[0] }, meaning: embedder).pairs.count
        print(
            "retold, written afterwards: \(found) of \(retold.count), \(firsts) among those that say different things")
        #expect(found >= 10)
        #expect(firsts == 0)
    }
}

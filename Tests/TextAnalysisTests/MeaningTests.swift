import TestSupport
import Testing
import TextAnalysis

/// A model whose meanings are the words of three matters; whatever is of none of them is a matter of its own.
private struct ThreeMatters: MeaningModel {
    private static let matters: [Set<String>] = [
        ["guests", "visitors", "people", "crowd"], ["money", "budget", "pounds"], ["night", "evening", "late"],
    ]

    func vectors(of texts: [String]) -> [[Float]] {
        texts.map { text in
            let words = text.lowercased().split { !$0.isLetter }.map(String.init)
            let counts = Self.matters.map { matter in Float(words.count { matter.contains($0) }) }
            let length = counts.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? counts.map { $0 / length } + [0] : [0, 0, 0, 1]
        }
    }
}

@Suite struct MeaningTests {
    private static let answer =
        "I welcomed three hundred visitors in one weekend. We counted the crowd at the gate and I wrote it down."

    private func relevance(_ question: String, _ meaning: ThreeMatters?) throws -> (points: Double, AnswerAnalysis) {
        let analysis = try AnswerRubric.analyze(Self.answer, question: question, meaning: meaning)
        return (analysis.criteria.first { $0.criterion == .relevance }?.points ?? -1, analysis)
    }

    @Test func relevanceIsOfMeaningWhereThereIsAModel() throws {
        let question = "How many guests came?"
        let (words, plain) = try relevance(question, nil)
        #expect(words == 0)
        #expect(plain.measurements.relevanceMethod == "words in common")
        #expect(plain.measurements.relevanceLikeness == nil)

        let (meant, analysis) = try relevance(question, ThreeMatters())
        #expect(meant > 3)
        #expect(analysis.measurements.relevanceMethod == "meaning")
        #expect(analysis.measurements.relevanceLikeness == 1)
        let evidence = try #require(analysis.criteria.first { $0.criterion == .relevance }?.evidence)
        #expect(evidence.map(\.words) == ["I welcomed three hundred visitors in one weekend"])
    }

    @Test func anotherMatterHasNoPoints() throws {
        let (points, analysis) = try relevance("How late was it that night?", ThreeMatters())
        #expect(points == 0)
        #expect(analysis.measurements.relevanceLikeness == 0)
        #expect(analysis.criteria.first { $0.criterion == .relevance }?.evidence == [])
        // Without a word there is nothing to be near to.
        #expect(try relevance("… ?", ThreeMatters()).points == -1)
    }

    /// What is asked of the model stays small, however long the answer.
    @Test func aLongAnswerIsReadInPassages() throws {
        struct Counting: MeaningModel {
            func vectors(of texts: [String]) -> [[Float]] {
                #expect(texts.count <= 221)
                #expect(texts.allSatisfy { $0.split(separator: " ").count <= 150 })
                return texts.map { _ in [1] }
            }
        }
        let long = String(repeating: "I counted the people at the gate and wrote it down for the team. ", count: 1_000)
        let analysis = try AnswerRubric.analyze(long, question: "How many?", meaning: Counting())
        #expect(analysis.measurements.relevanceMethod == "meaning")
    }

    @Test func whatIsToldTwiceIsFoundByWords() {
        let repetition = AnswerRepetition.find(in: [
            "I planned the move of our office. I read four hundred return slips and rewrote the size chart.",
            "My strength is patience. Nobody else would have read four hundred return slips; I rewrote the size chart. 😀",
        ])
        #expect(repetition.method == "words in common")
        #expect(repetition.pairs.count == 1)
        #expect(repetition.pairs.first?.first.words == "I read four hundred return slips and rewrote the size chart")
        #expect(repetition.pairs.first?.second.answer == 1)
        #expect(repetition.pairs.first?.second.start == 25)
    }

    @Test func whatIsToldAnewIsFoundByMeaning() {
        let answers = [
            "We had some three hundred visitors on that day. The budget for it was small as always.",
            "On Sunday the people stood in a long queue. I like to work in the evening after dinner.",
        ]
        #expect(AnswerRepetition.find(in: answers).pairs.isEmpty)
        let repetition = AnswerRepetition.find(in: answers, meaning: ThreeMatters())
        #expect(repetition.method == "meaning")
        #expect(repetition.pairs.map(\.first.words) == ["We had some three hundred visitors on that day"])
        #expect(repetition.pairs.map(\.second.words) == ["On Sunday the people stood in a long queue"])
        #expect(repetition.pairs.map(\.likeness) == [1])
        // Within one answer it is the rubric's matter.
        #expect(AnswerRepetition.find(in: [answers.joined(separator: " ")], meaning: ThreeMatters()).pairs.isEmpty)
    }

    @Test func theMostAlikeComeFirstAndNoSentenceTwice() {
        let sentence = "I read four hundred return slips and rewrote the whole size chart."
        let repetition = AnswerRepetition.find(in: [
            sentence, "I read four hundred return slips and rewrote the old size table.", sentence,
        ])
        #expect(repetition.pairs.count == 1)
        #expect(repetition.pairs.first.map { [$0.first.answer, $0.second.answer] } == [0, 2])
    }

    @Test func manyAnswersTakeLittleTime() {
        let answer = String(repeating: "I read four hundred return slips and rewrote the size chart. ", count: 500)
        var count = 0
        let time = ContinuousClock().measure {
            count = AnswerRepetition.find(in: [answer, answer, answer], meaning: ThreeMatters()).pairs.count
        }
        #expect(count <= AnswerRepetition.mostPairs)
        #expect(time < .seconds(8))
    }
}

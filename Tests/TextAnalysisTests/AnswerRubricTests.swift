import Foundation
import TestSupport
import Testing
import TextAnalysis

@Suite struct AnswerRubricTests {
    private static let strong =
        """
        I cut our returns from 9 % to 4 % in six months. When I joined Marlow Outdoor in 2022, every tenth jacket came back, \
        and I was asked to find out why. I read 400 return slips, sorted them by size, and found that our chart was wrong for \
        women's jackets. I measured twelve models, rewrote the chart and tested it with thirty customers. By March returns \
        had fallen to 4 %, which saved us £31,000, and the chart is still used today.
        """

    private func score(_ answer: String, _ question: String? = nil) throws -> Double {
        try AnswerRubric.analyze(answer, question: question).qualityScore
    }

    /// Of the pairs of one question's answers, those that are ordered rightly.
    private func ordered(_ items: [MadeAnswers]) throws -> (right: Int, all: Int) {
        var (right, all) = (0, 0)
        for item in items {
            let scores = try item.all.map { try score($0, item.question) }
            for (worse, better) in [(0, 1), (1, 2), (0, 2)] {
                all += 1
                if scores[worse] < scores[better] { right += 1 }
            }
        }
        return (right, all)
    }

    @Test func ordersTheAnswersThatItWasChosenOn() throws {
        let (right, all) = try ordered(MadeAnswers.read("answers.json"))
        #expect(all == 60)
        #expect(right == 59)
    }

    @Test func ordersAnswersThatWereWrittenAfterwards() throws {
        let (right, all) = try ordered(MadeAnswers.read("answers-afterwards.json"))
        #expect(all == 30)
        #expect(right == 29)
    }

    @Test func aStrongAnswerIsExcellentAndAWeakOneIsNot() throws {
        let strong = try AnswerRubric.analyze(Self.strong, question: "Tell me about a problem that you solved.")
        #expect(strong.qualityScore >= 85)
        #expect(strong.qualityLabel == .excellent)
        let weak = try AnswerRubric.analyze("Um, I guess I'm a team player and I always do my best, you know.")
        #expect(weak.qualityScore < 30)
        #expect(weak.qualityLabel == .weak)
    }

    /// As a speech recogniser writes it: particulars are harder to see, and little else changes.
    @Test func punctuationAndCapitalsMatterLittle() throws {
        var changes: [Double] = []
        for item in try MadeAnswers.read("answers.json") {
            for answer in item.all {
                let spoken = answer.lowercased().filter { $0.isLetter || $0.isNumber || " '%$£".contains($0) }
                changes.append(abs(try score(answer, item.question) - score(spoken, item.question)))
            }
        }
        #expect(changes.reduce(0, +) / Double(changes.count) <= 5, "\(changes)")
        #expect(changes.allSatisfy { $0 <= 25 }, "\(changes)")
    }

    /// Two neighbouring letters of every twentieth word exchanged.
    @Test func typingErrorsHardlyMatter() throws {
        var changes: [Double] = []
        for item in try MadeAnswers.read("answers.json") {
            for answer in item.all {
                let words = answer.split(separator: " ").enumerated().map { index, word -> String in
                    var letters = Array(word)
                    if index % 20 == 10, letters.count > 4 { letters.swapAt(1, 2) }
                    return String(letters)
                }
                let mistyped = try score(words.joined(separator: " "), item.question)
                changes.append(abs(try score(answer, item.question) - mistyped))
            }
        }
        #expect(changes.reduce(0, +) / Double(changes.count) <= 4, "\(changes)")
        #expect(changes.allSatisfy { $0 <= 20 }, "\(changes)")
    }

    @Test func mereLengthIsNotRewarded() throws {
        let filling = "And it was a really interesting thing for everybody there and we were all very happy about it. "
        let long = Self.strong + " " + String(repeating: filling, count: 12)
        #expect(try score(long) <= score(Self.strong))
        #expect(try score(Self.strong + " " + Self.strong + " " + Self.strong) < score(Self.strong) - 20)
        #expect(try score(String(repeating: filling, count: 10)) < 20)
    }

    @Test func keywordsStrewnInAreNotRewarded() throws {
        let heap =
            """
            Situation task action result. Led built reduced increased 50 % 2021 £10,000 SQL Python Excel. As a result, saved, \
            improved, on time, under budget. Deadline, challenge, goal, target, responsibility, teamwork, leadership. \
            Twelve, thirty, hundred, million. January, Monday, week. Launched, delivered, shipped, won, promoted.
            """
        #expect(try score(heap) < 30)
    }

    @Test func strongWordsInAnyOrderAreNotRewarded() throws {
        var generator = SeededGenerator(seed: 5)
        let scores = try MadeAnswers.read("answers.json").map { item in
            let words = item.strong.split(separator: " ").shuffled(using: &generator)
            return try score(words.joined(separator: " "), item.question)
        }
        #expect(scores.reduce(0, +) / Double(scores.count) < 20, "\(scores)")
    }

    @Test func anotherQuestionsAnswerHasNoPointsForRelevance() throws {
        let answer = try AnswerRubric.analyze(Self.strong, question: "How do you keep your vaccinations documented?")
        let relevance = try #require(answer.criteria.first { $0.criterion == .relevance })
        #expect(relevance.points == 0)
        #expect(answer.measurements.relevanceMethod == "words in common")
        #expect(try AnswerRubric.analyze(Self.strong).criteria.allSatisfy { $0.criterion != .relevance })
    }

    @Test func pointsAddUpAndStayWithinTheirMaximum() throws {
        for item in try MadeAnswers.read("answers.json") {
            for answer in item.all {
                let analysis = try AnswerRubric.analyze(answer, question: item.question)
                let sum = analysis.criteria.reduce(0) { $0 + $1.points }
                #expect(abs(sum - analysis.qualityScore) < 0.05)
                #expect(abs(analysis.criteria.reduce(0) { $0 + $1.maximum } - 100) < 0.5)
                #expect(analysis.criteria.allSatisfy { (0...$0.maximum).contains($0.points) && !$0.comment.isEmpty })
                #expect(!analysis.feedback.isEmpty)
            }
        }
    }

    /// Code points, so that other languages find the same words.
    @Test func evidenceStandsWhereItSays() throws {
        for answer in [
            "\u{1F600} Äh, I led café “Łódź” with 12 people – um, you know. I built a résumé for e\u{301}clair.",
            Self.strong,
        ] {
            let analysis = try AnswerRubric.analyze(answer)
            let scalars = Array(answer.unicodeScalars)
            let evidence = analysis.criteria.flatMap(\.evidence)
            #expect(evidence.count > 3)
            for item in evidence {
                let words = String(String.UnicodeScalarView(scalars[item.start..<item.end]))
                #expect(words == item.words)
            }
        }
    }

    @Test func feedbackQuotesTheAnswer() throws {
        let vague = try AnswerRubric.analyze(
            "Um, I guess we basically did a lot of stuff with the team, you know, and I think it maybe went fine in the end."
        )
        let wording = try #require(vague.criteria.first { $0.criterion == .wording })
        #expect(Set(wording.evidence.map(\.words)).isSuperset(of: ["Um", "I guess", "basically", "stuff", "you know"]))
        #expect(wording.comment.contains("“um”"))
        #expect(vague.feedback.contains("“"))
    }

    @Test(arguments: [
        ("", TextAnalysisError.noWords), ("… ?! —", .noWords),
        (
            "Ich habe in meiner letzten Stelle ein Team von acht Leuten geführt und wir haben die Kosten gesenkt.",
            .otherLanguage("German")
        ),
        (
            "J'ai dirigé une équipe de huit personnes et nous avons réduit les coûts dans mon dernier poste.",
            .otherLanguage("French")
        ),
        (
            "En mi último trabajo yo dirigí un equipo de ocho personas y bajamos los costes para la empresa.",
            .otherLanguage("Spanish")
        ),
        ("我在上一份工作中带领了一个八人的团队。", .otherLanguage(nil)),
        ("Я руководил командой из восьми человек и снизил расходы.", .otherLanguage(nil)),
        (String(repeating: "a", count: 100_001), .tooLong(count: 100_001, limit: 100_000)),
    ])
    func refusesWhatItCannotJudge(answer: String, error: TextAnalysisError) {
        #expect(throws: error) { try AnswerRubric.analyze(answer) }
    }

    @Test func saysWhatItRefuses() {
        #expect(
            TextAnalysisError.otherLanguage("German").description
                == "the answer is not in English, it seems to be in German; only English answers can be judged")
        #expect(TextAnalysisError.noWords.description == "there is no word in the answer")
    }

    @Test func isEncodedUnderTheOriginalsNames() throws {
        let data = try JSONEncoder().encode(AnswerRubric.analyze(Self.strong))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["quality_label"] as? String == "Excellent")
        #expect(object["quality_score"] is Double)
        #expect(object["feedback"] is String)
        #expect(object["success"] as? Bool == true)
        #expect(try JSONDecoder().decode(AnswerAnalysis.self, from: data) == AnswerRubric.analyze(Self.strong))
    }

    /// The longest answers that are read: of one-word sentences, and of nothing but cues.
    @Test(arguments: ["I\n", "not a single.\n", "I led it, um, and as a result we cut the costs by 5 %. ", "the the "])
    func aLongAnswerTakesLittleTime(part: String) throws {
        let text = String(repeating: part, count: AnswerRubric.longestAnswer / part.unicodeScalars.count)
        var most = 0
        let time = try ContinuousClock().measure {
            most = try AnswerRubric.analyze(text, question: text).criteria.map(\.evidence.count).max() ?? 0
        }
        #expect(most <= 200)
        #expect(time < .seconds(8))
    }

    /// Advice is given for what is missing, not for what was taken off the whole.
    @Test func feedbackDoesNotContradictItself() throws {
        for answer in [Self.strong + " " + Self.strong + " " + Self.strong, Self.strong] {
            let feedback = try AnswerRubric.analyze(answer).feedback
            #expect(!feedback.contains("are there. Say") && !feedback.contains("Try: It begins"), "\(feedback)")
        }
        let repeated = try AnswerRubric.analyze(Self.strong + " " + Self.strong + " " + Self.strong)
        #expect(repeated.feedback.contains("said more than once"))
    }
}

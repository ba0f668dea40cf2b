import Foundation
import Testing

@Suite struct TextCommandTests {
    private static let answer =
        """
        I cut our returns from 9 % to 4 % in six months. When I joined in 2022, every tenth jacket came back, and I was asked to find out why. \
        I read 400 return slips, sorted them and rewrote the size chart. By March this had saved us £31,000.
        """

    @Test func printsPointsWithTheirReasons() throws {
        let folder = try TemporaryFolder()
        let command = try Command("text", folder.file("a.txt", Data(Self.answer.utf8)))
        #expect(command.status == 0)
        #expect(
            command.output.first?.hasSuffix("of 100, Good") == true
                || command.output.first?.hasSuffix("Excellent") == true)
        #expect(
            command.output.contains { $0.hasPrefix("structure") && $0.contains("Situation, task, action and result") })
    }

    /// What it prints as JSON is what `fuse` takes.
    @Test func itsJSONCanBeFused() throws {
        let folder = try TemporaryFolder()
        let json = try Command(
            ["text", "-", "--json", "--question", "Which problem have you solved?"], input: Data(Self.answer.utf8))
        #expect(json.status == 0)
        let object = try #require(json.objects().first)
        let score = try #require(object["quality_score"] as? Double)
        #expect(score > 60)
        let criteria = try #require(object["criteria"] as? [[String: Any]])
        #expect(criteria.contains { $0["criterion"] as? String == "relevance" })
        let text = try folder.file("t.json", Data(#require(json.output.first).utf8))
        let fused = try #require(try Command("fuse", "--text", text).objects().first)
        #expect(fused["clarity_score"] as? Double == score)
    }

    @Test func refusesWhatItCannotJudge() throws {
        let folder = try TemporaryFolder()
        let german = try folder.file(
            "g.txt",
            Data("Ich habe ein Team von acht Leuten geführt und wir haben die Kosten für das Werk gesenkt.".utf8))
        for (file, message) in [
            (
                german,
                "g.txt: the answer is not in English, it seems to be in German; only English answers can be judged"
            ),
            (try folder.file("e.txt", Data()), "e.txt: there is no word in the answer"),
            (
                try folder.file("b.txt", Data([0xFF, 0xFE, 0x41])),
                "b.txt: it is not a text in UTF-8; save it as plain text"
            ),
            (folder.path("none.txt"), "none.txt: there is no such file"),
        ] {
            let command = try Command("text", file)
            #expect(command.status == 1)
            #expect(command.messages.contains(message), "\(command.messages)")
            #expect(command.output.isEmpty)
        }
    }

    /// The small random network of the root package's tests: what it finds means nothing, but it is asked.
    private static let model = Repository.path("Tests/SentenceEmbeddingTests/Fixtures/encoder.safetensors")

    private func measurements(_ options: String...) throws -> [String: Any] {
        let command = try Command(
            ["text", "-", "--json", "--question", "Why?"] + options, input: Data(Self.answer.utf8))
        #expect(command.status == 0, "\(command.messages)")
        return try #require(command.objects().first?["measurements"] as? [String: Any])
    }

    @Test func saysHowItJudgesRelevance() throws {
        let meaning = try measurements("--text-model", Self.model)
        #expect(meaning["relevance_method"] as? String == "meaning")
        #expect(meaning["relevance_likeness"] is Double)
        // "Why?" has no word that could be in common.
        let words = try measurements("--words-only")
        #expect(words["relevance_method"] == nil && words["relevance_likeness"] == nil)
        let asked = try Command(
            ["text", "-", "--words-only", "--question", "Which problem have you solved?"], input: Data(Self.answer.utf8)
        )
        #expect(asked.output.last == "Relevance is judged by words in common.")
    }

    @Test func ofSeveralAnswersItSaysWhatIsToldAgain() throws {
        let folder = try TemporaryFolder()
        let again =
            "My strength is patience with paper. I read 400 return slips, sorted them and rewrote the size chart."
        let files = [
            try folder.file("a.txt", Data(Self.answer.utf8)), try folder.file("b.txt", Data(again.utf8)),
        ]
        let json = try Command(["text", "--json", "--words-only"] + files)
        #expect(json.status == 0, "\(json.messages)")
        let object = try #require(json.objects().first)
        #expect((object["answers"] as? [[String: Any]])?.count == 2)
        let repetition = try #require(object["repetition"] as? [String: Any])
        #expect(repetition["method"] as? String == "words in common")
        #expect((repetition["pairs"] as? [[String: Any]])?.count == 1)
        let lines = try Command(["text", "--words-only"] + files).output
        #expect(lines.contains("Told in more than one answer (compared by words in common):"))
        #expect(lines.contains { $0.hasPrefix("    \(files[1]): I read 400 return slips") })
        let meaning = try Command(["text", "--json", "--text-model", Self.model] + files)
        let method = (try meaning.objects().first?["repetition"] as? [String: Any])?["method"] as? String
        #expect(method == "meaning")
    }

    @Test func refusesModelsAndQuestionsThatDoNotFit() throws {
        let folder = try TemporaryFolder()
        let answer = try folder.file("a.txt", Data(Self.answer.utf8))
        let absent = try Command("text", answer, "--question", "Why?", "--text-model", "/nonexistent")
        #expect(absent.status == 1)
        #expect(absent.messages.contains("/nonexistent: there is no such file"))
        #expect(try Command("text", answer, answer, "--question", "Why?").status == 2)
        #expect(try Command("text", answer, "--words-only", "--text-model", answer).status == 2)
        // A model that was found but cannot be used takes nothing down.
        let broken = try folder.file("all_minilm_l6_v2.safetensors", Data("no model".utf8))
        let other = try Command(
            ["text", answer, "--question", "Which problem have you solved?", "--weights-folder", folder.path("")],
            environment: [:])
        #expect(other.status == 0)
        #expect(other.messages.contains(broken) && other.messages.contains("words are compared instead"))
        #expect(other.output.last == "Relevance is judged by words in common.")
    }
}

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
}

import Foundation
import Testing

@Suite struct FuseCommandTests {
    @Test func fusesWhatIsThere() throws {
        let folder = try TemporaryFolder()
        let voice = try folder.file("v.json", Data(#"{"success":true,"emotions":{"neutral":0.5,"happy":0.5}}"#.utf8))
        let text = try folder.file("t.json", Data(#"{"success":true,"quality_score":85}"#.utf8))
        let command = try Command("fuse", "--voice", voice, "--text", text)
        #expect(command.status == 0)
        let result = try #require(command.objects().first)
        #expect(result["clarity_score"] as? Double == 85)
        #expect((result["weights"] as? [String: Double])?["voice"] == 0.8)
    }

    @Test func takesALineOfAnalyze() throws {
        let folder = try TemporaryFolder()
        let line = try #require(try Command("analyze", "--json", Repository.astronaut).output.first)
        let facial = try folder.file("f.json", Data(line.utf8))
        let result = try #require(try Command("fuse", "--facial", facial).objects().first)
        #expect(try #require(result["confidence_score"] as? Double) > 80)
    }

    @Test func endsWithThreeWhereNothingCouldBeUsed() throws {
        let folder = try TemporaryFolder()
        let voice = try folder.file("v.json", Data(#"{"success":false}"#.utf8))
        #expect(try Command("fuse", "--voice", voice).status == 3)
    }

    @Test func readsStandardInputAndTakesPartOfForeignLabels() throws {
        let json = #"{"success":true,"emotions":{"calm":0.8,"happy":0.2},"dominant_emotion":"calm"}"#
        let folder = try TemporaryFolder()
        let path = try folder.file("voice.json", Data(json.utf8))
        let command = try Command(["fuse", "--voice", "-"], launcher: ["sh", "-c", "\"$0\" \"$@\" < \"\(path)\""])
        #expect(command.status == 0)
        let result = try #require(command.objects().first)
        #expect(result["extra_labels"] as? [String] == ["calm"])
        #expect((result["fused_emotions"] as? [String: Double])?["calm"] == 0.8)
        #expect(result["confidence_score"] as? Double == 56.1)
    }

    @Test(arguments: [
        ("--text", "{}", "quality_score is missing"), ("--voice", #"{"frames": []}"#, "emotions is missing"),
        ("--facial", #"{"emotions": {"happy": 1}}"#, "face_detected is missing"),
        ("--voice", #"{"emotions": {"happy": "x"}}"#, "emotions.happy: a number is expected"),
        ("--text", "no JSON", "not one JSON object"),
    ])
    func namesTheFieldThatAResultLacks(option: String, json: String, message: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("result.json", Data(json.utf8))
        let command = try Command("fuse", option, path)
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
        #expect(command.messages.contains(message))
        #expect(command.messages.contains("result.json"))
    }

    @Test func refusesStandardInputTwice() throws {
        #expect(try Command("fuse", "--voice", "-", "--text", "-").status == 2)
    }
}

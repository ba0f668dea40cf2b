import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// Sessions that were summed up by the rules of an earlier version stay readable; what they measured is still checked.
@Suite struct EarlierRulesTests {
    // Its summary calls the picture still, by a motion that was measured in another way.
    @Test(arguments: ["session-v2-rules1.json", "journal-v2-rules1.jsonl"])
    func isReadAndSummedUpAnew(name: String) throws {
        let record = try StoredSession(contentsOf: Fixture.path(name)).record
        #expect(record.frames.count == 25)
        #expect(record.missed.count == 1)
        #expect(record.details.title == "Practice")
        #expect(abs((record.summary.score.value ?? 0) - 0.796) < 1e-9)
        #expect(record.summary.stillness.verdict == .unknown)
        #expect(record.rulesVersion == SessionRecord.currentRulesVersion)
        #expect(try SessionRecord(json: record.json()) == record)
    }

    @Test(arguments: [
        ("\"confidence_score\":", "frames[0].confidence_score"), ("\"value\":", "summary.score.value"),
        ("\"happy\":", "frames[0].emotions"),
    ])
    func aChangedOneIsRefused(key: String, field: String) throws {
        let text = try String(contentsOfFile: Fixture.path("session-v2-rules1.json"), encoding: .utf8)
        let score = text.range(of: "\"score\":{\"coverage\"", options: .backwards)?.lowerBound
        let start = key == "\"value\":" ? score : text.range(of: "\"frames\":[")?.upperBound
        let place = try #require(text.range(of: key, range: (start ?? text.endIndex)..<text.endIndex))
        let changed =
            text[..<place.upperBound] + "0.123" + text[place.upperBound...].drop { "0123456789.e-".contains($0) }
        #expect {
            try SessionRecord(json: Array(changed.utf8))
        } throws: { error in
            guard case SessionError.impossible(let found, _) = error else { return false }
            return found == field
        }
    }

    // The second rules measured the motion of a face as today's do.
    @Test(arguments: [(1, Stillness.Verdict.unknown), (2, .still)])
    func keepsTheMotionThatWasMeasuredAsToday(rules: Int, verdict: Stillness.Verdict) throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<10 {
            let signals = [FrameSignal.faceMotion: 0.001]
            try session.add(FaceObservation(emotions: face(scoring: 0.8), signals: signals), at: Double(second))
        }
        let json = try SessionRecord(of: session).json()
        var object = try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        object["rules_version"] = rules
        let record = try SessionRecord(json: [UInt8](JSONSerialization.data(withJSONObject: object)))
        #expect(record.summary.stillness.verdict == verdict)
    }

    // A summary of rules that do not exist yet.
    @Test func aLaterOneIsReadAsWell() throws {
        let json = try SessionRecord(of: analyzer(scoring: [0.5, 0.7, 0.6])).json()
        var object = try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        var summary = try #require(object["summary"] as? [String: Any])
        summary["stillness"] = ["verdict": "asleep"]
        (object["summary"], object["rules_version"]) = (summary, SessionRecord.currentRulesVersion + 1)
        let record = try SessionRecord(json: [UInt8](JSONSerialization.data(withJSONObject: object)))
        #expect(record.frames.count == 3)
    }
}

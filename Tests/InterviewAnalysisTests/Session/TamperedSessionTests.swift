import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// Sessions in which somebody changed one thing: each is refused, and the field is named.
@Suite struct TamperedSessionTests {
    /// A session with an event, a gap and two questions, as a JSON object.
    private func object() throws -> [String: Any] {
        var session = try analyzer(scoring: [Double](repeating: 0.8, count: 20) + [0.4, 0.4, 0.4] + [0.8, 0.8, 0.8])
        try session.addMissed(.noFace, at: 30)
        session.mark(QuestionMarker(label: "One", start: 0))
        session.mark(QuestionMarker(label: "Two", start: 10, end: 25))
        let json = try SessionRecord(of: session).json()
        return try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    }

    /// `object` with the value at a path of keys and indices put in its place.
    private func changed(_ object: Any, _ path: ArraySlice<String>, to value: Any) -> Any {
        guard let key = path.first else { return value }
        let rest = path.dropFirst()
        if var array = object as? [Any], let index = Int(key) {
            array[index] = changed(array[index], rest, to: value)
            return array
        }
        var members = object as? [String: Any] ?? [:]
        members[key] = changed(members[key] ?? NSNull(), rest, to: value)
        return members
    }

    private func error(changing path: String, to value: Any, in object: [String: Any]) throws -> SessionError? {
        let keys = path.split(separator: ".").map(String.init)
        let json = try JSONSerialization.data(withJSONObject: changed(object, keys[...], to: value))
        do {
            _ = try SessionRecord(json: [UInt8](json))
            return nil
        } catch {
            return error
        }
    }

    @Test func theSessionItselfIsTaken() throws {
        let json = try JSONSerialization.data(withJSONObject: object())
        #expect(try SessionRecord(json: [UInt8](json)).frames.count == 26)
    }

    @Test(arguments: [
        ("frames.3.confidence_score", 2.0, "frames[3].confidence_score"),
        ("frames.3.confidence_score", 0.81, "frames[3].confidence_score"),
        ("frames.7.smoothed_confidence", 0.9, "frames[7].smoothed_confidence"),
        ("frames.25.timestamp", 1e300, "frames[25].timestamp"), ("frames.2.timestamp", 0.5, "frames[2].timestamp"),
        ("frames.0.frame", -1, "frames[0].frame"), ("frames.5.frame", 3, "frames[5].frame"),
        ("frames.4.emotions.happy", 1.4, "frames[4].emotions.happy"),
        ("frames.4.emotions.sad", 0.4, "frames[4].emotions"),
        ("frames.1.detection_score", 1.5, "frames[1].detection_score"), ("missed.0.frame", -4, "missed[0].frame"),
        ("missed.0.timestamp", -2, "missed[0].timestamp"), ("questions.0.start", -3, "questions[0].start"),
        ("questions.1.end", 4, "questions[1].end"), ("summary.score.value", 0.97, "summary.score.value"),
        ("summary.score.interval.lower", 0.75, "summary.score.interval.lower"),
        ("summary.score.coverage.share", 1, "summary.score.coverage.share"),
        ("summary.confidence_score.median", 0.7, "summary.confidence_score.median"),
        ("summary.stress.events.0.lowest", 0.1, "summary.stress.events[0].lowest"),
        ("summary.questions.1.score.value", 0.9, "summary.questions[1].score.value"),
        ("summary.time_series.course.4", 0.1, "summary.time_series.course[4]"),
        ("summary.dominant_counts.happy", 25, "summary.dominant_counts.happy"),
        ("summary.duration_seconds", 31, "summary.duration_seconds"),
        ("summary.strengths.0.value", 0.5, "summary.strengths[0].value"),
        ("configuration.stress.usual_dips", 2, "configuration.stress.usual_dips"),
    ])
    func aChangedNumberIsRefusedByName(path: String, value: Double, field: String) throws {
        guard case .impossible(let found, let reason)? = try error(changing: path, to: value, in: object()) else {
            Issue.record("\(path) = \(value) was taken")
            return
        }
        #expect(found == field)
        #expect(!reason.isEmpty)
    }

    @Test func framesThatWereTakenOutAreMissed() throws {
        guard case .impossible(let field, _)? = try error(changing: "frames", to: [Any](), in: object()) else {
            Issue.record("a session without frames and with a score was taken")
            return
        }
        #expect(field.hasPrefix("summary."))
        let others: [(String, Any)] = [
            ("summary.stress.events", [Any]()), ("frames.2.dominant_emotion", "fear"),
            ("details", ["media": ["name": "x", "width_pixels": -1]]),
        ]
        for (path, value) in others {
            let refusal = try error(changing: path, to: value, in: object())
            #expect(refusal != nil, "\(path)")
        }
    }

    @Test func whatIsOfTheWrongKindIsNamedInWords() throws {
        let cases: [(String, Any, String)] = [
            ("frames.3.timestamp", "soon", "frames[3].timestamp is not a number"),
            ("frames.3.emotions", ["joy": 1], "joy is none of the seven emotions"),
            ("missed.0.reason", "bored", "missed[0].reason"), ("questions", 3, "the field questions"),
        ]
        for (path, value, words) in cases {
            let text = try error(changing: path, to: value, in: object())?.description ?? "taken"
            #expect(text.contains(words), "\(text)")
            #expect(!text.contains("DecodingError"))
            #expect(!text.contains("CodingKeys"))
        }
    }

    // The same in a file of version 1, whose summary follows other rules.
    @Test(arguments: [
        ("\"confidence_score\":", "frames[0].confidence_score"), ("\"value\":", "summary.score.value"),
    ])
    func aChangedOldSessionIsRefused(key: String, field: String) throws {
        let text = try String(contentsOfFile: Fixture.path("session-v1.json"), encoding: .utf8)
        let summary = text.range(of: "\"score\":{\"coverage\"", options: .backwards)?.lowerBound
        let start = key == "\"value\":" ? summary : text.startIndex
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

    @Test func aChangedLineOfAJournalIsRefused() throws {
        let text = try String(contentsOfFile: Fixture.path("journal-v1.jsonl"), encoding: .utf8)
        let journal = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: journal) }
        let changed = text.replacing(
            "\"smoothed_confidence\":0.", with: "\"smoothed_confidence\":0.0", maxReplacements: 1)
        try changed.write(toFile: journal, atomically: true, encoding: .utf8)
        #expect(changed != text)
        #expect(throws: SessionError.self) { try RecoveredSession(journal: journal) }
    }
}

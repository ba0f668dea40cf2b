import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// Session files that somebody changed: refused with an error, or analysed; never the end of the process.
@Suite struct HostileSessionTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func aChangedFileIsRefusedOrAnalysed(seed: UInt64) throws {
        let json = try sampleSession(seed: seed, entries: 4).json()
        var generator = SeededGenerator(seed: seed)
        let replacements = Array("0123456789-.eE{}[]\",:tfn".utf8)
        var refused = 0
        for _ in 0..<100 {
            var changed = json
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                changed[Int.random(in: 0..<changed.count, using: &generator)] =
                    replacements.randomElement(using: &generator) ?? 0
            }
            do {
                let record = try SessionRecord(json: changed)
                _ = SessionReport(of: record)
                _ = SessionCSV.table(of: record)
                _ = try record.replayed()
            } catch is SessionError {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    // Each would keep the report busy for ever, or for as long as anybody waits.
    @Test(arguments: [
        ("stress", "maximum_seconds", 0.0), ("stress", "maximum_seconds", 1), ("stress", "course_seconds", 1e308),
        ("stress", "course_frames", 50_000), ("", "window_size", 50_000), ("", "spike_frames", 50_000),
    ])
    func aLimitThatNoLoopCanMeetIsRefusedByName(group: String, key: String, value: Double) throws {
        var session =
            try JSONSerialization.jsonObject(
                with: Data(SessionRecord(of: analyzer(scoring: [0.8, 0.4])).json())) as? [String: Any]
        var configuration = try #require(session?["configuration"] as? [String: Any])
        if group.isEmpty {
            configuration[key] = value
        } else {
            var inner = try #require(configuration[group] as? [String: Any])
            inner[key] = value
            configuration[group] = inner
        }
        session?["configuration"] = configuration
        let json = try JSONSerialization.data(withJSONObject: #require(session))
        #expect {
            try SessionRecord(json: [UInt8](json))
        } throws: { error in
            guard case SessionError.impossible(let field, _) = error else { return false }
            return field == "configuration." + (group.isEmpty ? key : "\(group).\(key)")
        }
    }

    // A configuration that no file may have, from a program: the summary comes all the same.
    @Test(.timeLimit(.minutes(1))) func anEventOfNoLengthEndsTheSearch() throws {
        var configuration = AnalyzerConfiguration()
        configuration.stress.maximumSeconds = 0
        var session = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        for second in 0..<60 {
            try session.add(emotions: face(scoring: (20..<30).contains(second) ? 0.4 : 0.85), at: Double(second))
        }
        #expect(session.summary().durationSeconds == 59)
    }

    // Values at the edge of what the layout allows.
    @Test(arguments: [
        ("\"frame\":1,", "\"frame\":9223372036854775807,"),
        ("\"baseline_seconds\":10", "\"baseline_seconds\":1e308"),
        ("\"spike_threshold\":0.15", "\"spike_threshold\":0"),
    ])
    func extremeNumbersAreAnalysed(old: String, new: String) throws {
        let json = String(decoding: try SessionRecord(of: analyzer(scoring: [0.5, 0.7])).json(), as: UTF8.self)
        let position = try #require(json.firstRange(of: old))
        let record = try SessionRecord(
            json: Array((json[..<position.lowerBound] + new + json[position.upperBound...]).utf8))
        let again = SessionRecord(of: try record.replayed())
        _ = SessionReport(of: again)
        #expect(SessionCSV.table(of: again).split(separator: "\n").count == 3)
    }
}

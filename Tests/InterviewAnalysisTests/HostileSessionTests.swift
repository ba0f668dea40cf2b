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

import Foundation
import InterviewAnalysis
import Testing

@Suite struct SessionRecordTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func survivesJSONToTheLastBit(seed: UInt64) throws {
        let record = try sampleSession(seed: seed)
        #expect(try SessionRecord(json: record.json()) == record)
        #expect(try SessionRecord(json: record.json(readable: true)) == record)
    }

    @Test func survivesAFile() throws {
        let path = temporaryPath(".json")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let record = try sampleSession(seed: 5)
        try record.write(to: path)
        #expect(try SessionRecord(contentsOf: path) == record)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func scoresComeAgainFromTheStoredProbabilities(seed: UInt64) throws {
        let record = try sampleSession(seed: seed)
        let replayed = try record.replayed()
        #expect(SessionRecord(of: replayed, details: record.details) == record)
    }

    // Cut anywhere, also between two entries of the same window, before the first and after the last.
    @Test(arguments: [1, 2] as [UInt64])
    func aSplitAndRejoinedSessionEqualsTheWhole(seed: UInt64) throws {
        let record = try sampleSession(seed: seed)
        for share in [0, 0.02, 0.2, 0.5, 0.77, 1, 2] {
            let parts = try record.split(at: record.summary.durationSeconds * share)
            #expect(parts.before.frames.count + parts.after.frames.count == record.frames.count)
            let joined = try parts.before.joined(with: parts.after)
            #expect(joined.summary == record.summary)
            #expect(joined == record)
        }
    }

    @Test func refusesToJoinInTheWrongOrder() throws {
        let record = try sampleSession(seed: 1)
        let parts = try record.split(at: 10)
        #expect(throws: AnalyzerError.self) { try parts.after.joined(with: parts.before) }
    }

    @Test func refusesAnotherSchemaAndNoSchema() throws {
        let json = String(decoding: try sampleSession(seed: 1).json(), as: UTF8.self)
        let newer = json.replacingOccurrences(of: "\"schema_version\":3", with: "\"schema_version\":4")
        #expect(throws: SessionError.unsupportedSchema(found: 4, supported: 3)) {
            try SessionRecord(json: Array(newer.utf8))
        }
        #expect(throws: SessionError.unsupportedSchema(found: 7, supported: 3)) {
            try SessionRecord(json: Array("{\"schema_version\": 7}".utf8))
        }
        for text in ["", "{}", "[]", "{\"schema_version\": 1}", "{\"schema_version\": 2}", String(json.dropLast())] {
            #expect(throws: SessionError.self) { try SessionRecord(json: Array(text.utf8)) }
        }
        #expect(throws: SessionError.self) { try SessionRecord(contentsOf: temporaryPath(".json")) }
    }

    @Test func refusesWhatNoAnalyzerCouldHaveMade() throws {
        let record = SessionRecord(of: try analyzer(scoring: [0.5, 0.5]))
        let json = String(decoding: try record.json(), as: UTF8.self)
        func refused(_ old: String, _ new: String, in field: String) {
            let changed = json.replacingOccurrences(of: old, with: new)
            #expect(changed != json)
            do {
                _ = try SessionRecord(json: Array(changed.utf8))
                Issue.record("\(new) was taken")
            } catch SessionError.impossible(let found, _) {
                #expect(found == field)
            } catch {
                Issue.record("\(error)")
            }
        }
        refused("\"timestamp\":1}", "\"timestamp\":0}", in: "frames[1].timestamp")
        refused("\"timestamp\":0}", "\"timestamp\":-1}", in: "frames[0].timestamp")
        refused("\"happy\":0.5", "\"happy\":0.9", in: "frames[0].emotions")
        refused("\"window_size\":15", "\"window_size\":0", in: "configuration.window_size")
    }
}

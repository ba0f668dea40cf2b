#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The first line of a journal.
struct JournalHeader: Codable {
    var schemaVersion = SessionRecord.currentSchemaVersion
    /// Nil in journals from before rules had a version.
    var rulesVersion: Int? = SessionRecord.currentRulesVersion
    let configuration: AnalyzerConfiguration
    let details: SessionDetails

    enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case rulesVersion = "rules_version"
        case configuration, details
    }
}

/// The last line of the journal of a recording that came to its end.
struct JournalEnd: Codable {
    struct Ending: Codable { let early: Bool }

    let end: Ending
}

extension JournalHeader {
    /// Reads the first line, in the layout of any version that can be read.
    init(line: ArraySlice<UInt8>, schemaVersion: Int) throws(SessionError) {
        guard schemaVersion == FirstSchema.version else {
            self = try JournalLine.decode(JournalHeader.self, from: line, number: 1)
            return
        }
        let old = try JournalLine.decode(FirstSchema.Header.self, from: line, number: 1)
        self.init(configuration: old.configuration.configuration, details: old.details)
    }
}

/// Lines of JSON, each ended by a line feed; JSON escapes those within texts.
enum JournalLine {
    static let end = UInt8(ascii: "\n")

    static func encode(_ value: some Encodable) throws(SessionError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            return try [UInt8](encoder.encode(value)) + [end]
        } catch {
            throw .malformed(reason: SessionError.reason(for: error))
        }
    }

    /// - Parameter number: of the line, from 1, for the error.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from line: ArraySlice<UInt8>, number: Int
    ) throws(SessionError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(line))
        } catch {
            throw .malformedLine(number: number, reason: SessionError.reason(for: error))
        }
    }

    /// One entry, in the layout of any version that can be read.
    static func entry(
        from line: ArraySlice<UInt8>, number: Int, schemaVersion: Int
    ) throws(SessionError) -> SessionEntry {
        schemaVersion == FirstSchema.version
            ? try decode(FirstSchema.Entry.self, from: line, number: number).entry
            : try decode(SessionEntry.self, from: line, number: number)
    }
}

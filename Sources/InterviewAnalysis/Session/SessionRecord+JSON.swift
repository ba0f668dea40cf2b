#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SessionRecord {
    /// The record as JSON; reading it gives an equal record, every number to its last bit.
    ///
    /// - Parameter readable: indented, with sorted keys.
    public func json(readable: Bool = false) throws(SessionError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = readable ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys]
        do {
            return try [UInt8](encoder.encode(self))
        } catch {
            throw .malformed(reason: SessionError.reason(for: error))
        }
    }

    /// Reads what ``json(readable:)`` wrote, in this version or an earlier one of the layout, and checks that an analyzer
    /// could have made it.
    ///
    /// Scores and summary must be those that the frames give; where earlier rules or an earlier layout made the summary, only
    /// its score is compared. The record that is returned has today's summary.
    public init(json: [UInt8]) throws(SessionError) {
        let stored: StoredRecord
        do {
            stored = try JSONDecoder().decode(StoredRecord.self, from: Data(json))
        } catch let error as SessionError {
            throw error
        } catch {
            throw .malformed(reason: SessionError.reason(for: error))
        }
        switch stored {
        case .current(let record): self = try record.checked()
        case .olderRules(let record): try self.init(record)
        case .first(let record): try self.init(record)
        }
    }

    /// Reads a session file.
    public init(contentsOf path: String) throws(SessionError) {
        try self.init(json: SessionFile.read(path))
    }

    /// Writes a session file; a file of that name is replaced at once or stays as it was.
    public func write(to path: String, readable: Bool = false) throws(SessionError) {
        try SessionFile.write(json(readable: readable), to: path)
    }
}

/// A session file in any layout that can be read.
private enum StoredRecord: Decodable {
    case current(SessionRecord)
    /// Today's layout, with a summary of other rules.
    case olderRules(EarlierRules.Record)
    case first(FirstSchema.Record)

    init(from decoder: any Decoder) throws {
        let version = try SchemaVersion(from: decoder).schemaVersion
        try SchemaVersion.check(version)
        if version == FirstSchema.version {
            self = .first(try FirstSchema.Record(from: decoder))
        } else if try EarlierRules.Version(from: decoder).rulesVersion != SessionRecord.currentRulesVersion {
            self = .olderRules(try EarlierRules.Record(from: decoder))
        } else {
            self = .current(try SessionRecord(from: decoder))
        }
    }
}

/// The one key of a session that every version of the layout has.
struct SchemaVersion: Codable {
    let schemaVersion: Int

    static func check(_ found: Int) throws(SessionError) {
        guard SessionRecord.readableSchemaVersions.contains(found) else {
            throw .unsupportedSchema(found: found, supported: SessionRecord.currentSchemaVersion)
        }
    }

    enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
    }
}

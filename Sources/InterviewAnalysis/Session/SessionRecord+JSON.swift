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
            throw .malformed(reason: "\(error)")
        }
    }

    /// Reads what ``json(readable:)`` wrote, and checks that an analyzer could have made it.
    public init(json: [UInt8]) throws(SessionError) {
        let data = Data(json)
        do {
            self = try JSONDecoder().decode(SessionRecord.self, from: data)
        } catch {
            if let found = (try? JSONDecoder().decode(SchemaVersion.self, from: data))?.schemaVersion {
                try SchemaVersion.check(found)
            }
            throw .malformed(reason: "\(error)")
        }
        try SchemaVersion.check(schemaVersion)
        try check()
    }

    /// Reads a session file.
    public init(contentsOf path: String) throws(SessionError) {
        try self.init(json: SessionFile.read(path))
    }

    /// Writes a session file; a file of that name is replaced at once or stays as it was.
    public func write(to path: String, readable: Bool = false) throws(SessionError) {
        try SessionFile.write(json(readable: readable), to: path)
    }

    /// - Throws: ``SessionError/impossible(_:)`` where times do not rise or a number has no meaning.
    private func check() throws(SessionError) {
        do {
            try configuration.check()
            var previous = -Double.infinity
            for entry in SessionEntry.merged(frames: frames, missed: missed) {
                guard let timestamp = entry.timestamp else { continue }
                guard timestamp.isFinite, timestamp >= 0 else { throw AnalyzerError.invalidTimestamp(timestamp) }
                guard timestamp > previous else {
                    throw AnalyzerError.timestampNotRising(previous: previous, given: timestamp)
                }
                previous = timestamp
            }
            for frame in frames { try frame.emotions.checkProbabilities() }
        } catch let error as AnalyzerError {
            throw .impossible(error)
        } catch {
            throw .malformed(reason: "\(error)")
        }
    }
}

/// The one key of a session that every version of the layout has.
struct SchemaVersion: Codable {
    let schemaVersion: Int

    static func check(_ found: Int) throws(SessionError) {
        guard found == SessionRecord.currentSchemaVersion else {
            throw .unsupportedSchema(found: found, supported: SessionRecord.currentSchemaVersion)
        }
    }

    enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
    }
}

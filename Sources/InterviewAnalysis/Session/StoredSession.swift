#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A session read from disk, whatever holds it: the file that is written at the end of a recording, or the journal of
/// one that may have been cut off. What a file is is told by its content, not by its name.
public struct StoredSession: Sendable {
    public let record: SessionRecord
    /// Whether the file is a journal.
    public let isJournal: Bool
    /// Whether this is the journal of a recording that was cut off, between two lines or within one.
    public let isCutOff: Bool
    /// Length of the incomplete line at the end of a journal that was left out; 0 where there is none.
    public let tornBytes: Int

    /// Reads a session file or a journal.
    ///
    /// The record of a journal that was cut off is marked as having ended early.
    public init(contentsOf path: String) throws(SessionError) {
        try self.init(bytes: SessionFile.read(path), path: path)
    }

    /// Reads the content of a session file or a journal.
    ///
    /// - Parameter path: the file's name, for messages.
    public init(bytes: [UInt8], path: String) throws(SessionError) {
        guard !bytes.isEmpty else { throw .emptyJournal(path: path) }
        guard Self.beginsAsJournal(bytes) else {
            record = try SessionRecord(json: bytes)
            isJournal = false
            isCutOff = false
            tornBytes = 0
            return
        }
        let recovered = try RecoveredSession(bytes: bytes, path: path, clock: { 0 })
        var details = recovered.details
        isCutOff = !recovered.isClosed
        if isCutOff { details.endedEarly = true }
        record = SessionRecord(of: recovered.analyzer, details: details)
        isJournal = true
        tornBytes = recovered.tornBytes
    }

    /// A journal's first line is an object of its own with the configuration and no summary.
    private static func beginsAsJournal(_ bytes: [UInt8]) -> Bool {
        guard let end = bytes.firstIndex(of: JournalLine.end),
            let keys = try? JSONDecoder().decode(FirstLine.self, from: Data(bytes[..<end]))
        else { return false }
        return !keys.hasSummary
    }

    private struct FirstLine: Decodable {
        let hasSummary: Bool

        enum CodingKeys: String, CodingKey {
            case schemaVersion = "schema_version"
            case configuration, summary
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            _ = try container.decode(Int.self, forKey: .schemaVersion)
            guard container.contains(.configuration) else {
                throw DecodingError.keyNotFound(
                    CodingKeys.configuration, .init(codingPath: [], debugDescription: "no configuration"))
            }
            hasSummary = container.contains(.summary)
        }
    }
}

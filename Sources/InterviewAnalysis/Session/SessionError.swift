/// Why a session cannot be read or written.
public enum SessionError: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// Written by a version of this package with another layout.
    case unsupportedSchema(found: Int, supported: Int)
    /// No JSON, or not of a session.
    case malformed(reason: String)
    /// No JSON of a resting-face profile.
    case malformedProfile(reason: String)
    /// A complete line of a journal that is none; lines count from 1.
    case malformedLine(number: Int, reason: String)
    /// The journal ends within its first line: nothing was recorded yet.
    case emptyJournal(path: String)
    /// Well-formed, but no analyzer could have made it; `field` is the path of what is wrong, as
    /// `frames[3].confidence_score`.
    case impossible(field: String, reason: String)
    /// The journal was closed, or could not be cleaned up after a failed write.
    case journalClosed(path: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .unsupportedSchema(let found, let supported):
            "a session of schema version \(found); this program reads versions up to \(supported)"
        case .malformed(let reason): "no session: \(reason)"
        case .malformedProfile(let reason): "no resting-face profile: \(reason)"
        case .malformedLine(let number, let reason): "line \(number) of the journal: \(reason)"
        case .emptyJournal(let path): "\(path) holds no session yet"
        case .impossible(let field, let reason): "the session contradicts itself in \(field): \(reason)"
        case .journalClosed(let path): "\(path) takes no more entries"
        }
    }
}

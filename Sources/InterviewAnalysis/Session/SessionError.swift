#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

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

extension SessionError {
    /// What is wrong with a JSON document or a file, in a few words for people, given the error of whoever read or wrote
    /// it: which field, not which type of which library.
    package static func reason(for error: any Error) -> String {
        switch error {
        case let error as DecodingError: reason(for: error)
        case let error as CocoaError: reason(for: error)
        case is EncodingError: "it holds a number that JSON has no form for"
        case let error as any CustomStringConvertible: error.description
        default: "an error without a description"
        }
    }

    private static func reason(for error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            return "the field \(field(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context):
            return context.codingPath.isEmpty
                ? "it is null, and no object" : "the field \(field(context.codingPath)) has no value"
        case .typeMismatch(let type, let context):
            return
                "\(context.codingPath.isEmpty ? "it" : "the field \(field(context.codingPath))") is not \(noun(type))"
        case .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else { return "it is not JSON, or not whole" }
            // What this package says of its own fields is in plain words; what the library says is not.
            let isOfTheLibrary = context.debugDescription.hasPrefix("Cannot ") || context.debugDescription.isEmpty
            return "the field \(field(context.codingPath)) has a value that it cannot have"
                + (isOfTheLibrary ? "" : ": \(context.debugDescription)")
        @unknown default: return "it does not have the form that is expected"
        }
    }

    /// `frames[3].emotions.happy`
    private static func field(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    private static func noun(_ type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [Any].Type: "a list"
        case is [String: Any].Type: "an object"
        default: "of the form that is expected"
        }
    }

    private static func reason(for error: CocoaError) -> String {
        switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: SystemWords.reason(ENOENT)
        case .fileReadNoPermission, .fileWriteNoPermission: SystemWords.reason(EACCES)
        case .fileWriteOutOfSpace: SystemWords.reason(ENOSPC)
        case .fileWriteVolumeReadOnly: SystemWords.reason(EROFS)
        case .fileReadTooLarge: "it is too large"
        default: (error.underlying as? POSIXError).map { SystemWords.reason($0.code.rawValue) } ?? "the system refused"
        }
    }
}

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Whole files, with this module's errors.
enum SessionFile {
    static func read(_ path: String) throws(SessionError) -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .unreadable(path: path, reason: SessionError.reason(for: error))
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws(SessionError) {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .unwritable(path: path, reason: SessionError.reason(for: error))
        }
    }
}

import FileNames
import ProcessSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that only this user can read and that goes away with its last reference.
final class TemporaryFile {
    let path: String

    /// Nil where the file cannot be made or written.
    init?(_ bytes: [UInt8]) {
        var template = Array("\(NamelessFile.folder)/emotion-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        TemporaryFiles.add(path)
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            done += count
        }
    }

    deinit { TemporaryFiles.remove(path) }
}

private let systemWrite = write

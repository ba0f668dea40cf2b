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

/// Whole files, with this module's errors.
enum SessionFile {
    /// More than any session has: half a kilobyte a frame makes days of it.
    private static let mostBytes = 1 << 28

    /// The bytes of the file at `path`, or of a pipe to its end.
    static func read(_ path: String) throws(SessionError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: SystemWords.reason(errno)) }
        defer { _ = close(descriptor) }
        var (bytes, block) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = systemRead(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, reason: SystemWords.reason(errno)) }
            if count == 0 { return bytes }
            bytes += block[..<count]
            guard bytes.count <= mostBytes else {
                throw .unreadable(path: path, reason: "it has more than \(mostBytes) bytes")
            }
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

private let systemRead = read

/// Why the system refused a file, in words for people.
enum SystemWords {
    /// The words for an `errno`.
    static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file or folder"
        case ENOTDIR: "a part of the path is a file, not a folder"
        case EISDIR: "it is a folder, not a file"
        case EEXIST: "a file of that name exists"
        case EACCES, EPERM: "permission denied"
        case ENOSPC: "the disk is full"
        case EFBIG: "the file would be larger than the disk or a limit allows"
        case EROFS: "the disk is read-only"
        default: String(cString: strerror(code))
        }
    }
}

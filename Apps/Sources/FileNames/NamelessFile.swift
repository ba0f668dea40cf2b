#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Room on the disk for what comes once and is read more than once: a file without a name, which nobody comes upon, and which is
/// gone with the process, however that ends.
public final class NamelessFile: Sendable {
    /// For reading and writing.
    public let descriptor: Int32

    /// `TMPDIR`, or `/tmp`.
    public static var folder: String {
        let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        return named.isEmpty ? "/tmp" : named
    }

    /// - Throws: ``FileBytes/Failure`` where `folder` takes no file.
    public init() throws(FileBytes.Failure) {
        var template = Array("\(Self.folder)/emotion-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .system(errno) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Adds the first `count` of `bytes` at the end.
    public func append(_ bytes: [UInt8], count: Int) throws(FileBytes.Failure) {
        var done = 0
        while done < count {
            let written = bytes.withUnsafeBytes {
                systemWrite(descriptor, $0.baseAddress?.advanced(by: done), count - done)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .system(written < 0 ? errno : ENOSPC) }
            done += written
        }
    }

    /// Why standard input did not become a file.
    public enum Failure: Error {
        /// It could not be read, or is too long.
        case unread(FileBytes.Failure)
        /// The file has no room for it.
        case unwritten(FileBytes.Failure)
    }

    /// Adds everything on standard input.
    ///
    /// - Throws: ``Failure``, also where it is more than `limit` bytes.
    public func appendStandardInput(atMost limit: Int) throws(Failure) {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var total = 0
        while true {
            let count = systemRead(STDIN_FILENO, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .unread(.system(errno)) }
            guard count > 0 else { return }
            total += count
            guard total <= limit else { throw .unread(.tooLong(count: nil, limit: limit)) }
            do throws(FileBytes.Failure) { try append(block, count: count) } catch { throw .unwritten(error) }
        }
    }

    /// How many bytes it holds.
    public func count() throws(FileBytes.Failure) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        return Int(status.st_size)
    }

    /// All of it, from `offset`, as ``FileBytes/readPieces(of:size:_:)`` reads a file.
    public func readPieces(
        from offset: Int = 0, size: Int, _ take: (_ bytes: [UInt8], _ total: Int) throws -> Void
    ) throws {
        let total = try count()
        try FileBytes.readPieces(of: descriptor, from: offset, size: size) { try take($0, total) }
    }

    /// The first bytes, `count` at the most.
    public func beginning(count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, 0))
        }
    }
}

private let systemRead = read
private let systemWrite = write

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files that are written beside their name and then get it, so that nobody finds half of one.
enum FileReplacement {
    /// Replaces the file at `path` by `bytes`; nil when it succeeds, the `errno` otherwise, and the old file is whole.
    static func write(_ bytes: [UInt8], to path: String) -> Int32? {
        let final = target(of: path)
        var status = stat()
        let isThere = stat(final, &status) == 0
        guard isThere || errno == ENOENT else { return errno }
        // A pipe or a device has no content that could be lost; of a folder the system says what it is.
        if isThere && status.st_mode & S_IFMT != S_IFREG { return finish(bytes, open(final, O_WRONLY | O_CLOEXEC)) }
        // A file that is protected against writing is not replaced either, although its folder would allow that.
        guard !isThere || access(final, W_OK) == 0 else { return errno }
        let rights = isThere ? status.st_mode & 0o777 : 0o666
        let nameStart =
            final.utf8.lastIndex(of: UInt8(ascii: "/")).map { final.utf8.index(after: $0) } ?? final.startIndex
        // File systems allow 255 bytes for a name.
        let stem = final[..<nameStart] + "." + String(decoding: final[nameStart...].utf8.prefix(200), as: UTF8.self)
        var partial = ""
        var descriptor: Int32 = -1
        repeat {
            partial = stem + "." + String(UInt32.random(in: 0...UInt32.max), radix: 36) + ".partial"
            descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights)
        } while descriptor < 0 && errno == EEXIST
        guard descriptor >= 0 else { return errno }
        if isThere { _ = fchmod(descriptor, rights) }
        let failure = finish(bytes, descriptor) ?? (rename(partial, final) == 0 ? nil : errno)
        if failure != nil { unlink(partial) }
        return failure
    }

    /// Where links lead; the path itself where it is none, or where they lead in a circle.
    private static func target(of path: String) -> String {
        var path = path
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        for _ in 0..<40 {
            let count = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), buffer.count) } ?? 0
            }
            guard count > 0 else { break }
            let link = String(decoding: bytes[..<count], as: UTF8.self)
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            path = link.hasPrefix("/") ? link : folder + link
        }
        return path
    }

    /// Writes everything and closes; delayed errors, such as those of a full disk on a network, are waited for.
    private static func finish(_ bytes: [UInt8], _ descriptor: Int32) -> Int32? {
        guard descriptor >= 0 else { return errno }
        var failure: Int32?
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, failure == nil {
                let step = systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if step > 0 {
                    written += step
                } else if step == 0 || errno != EINTR {
                    failure = step == 0 ? EIO : errno
                }
            }
        }
        // What is no file on a disk has nothing to be forced there.
        if failure == nil, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { failure = errno }
        let closed = close(descriptor) == 0 ? nil : errno
        return failure ?? closed
    }
}

private let systemWrite = write

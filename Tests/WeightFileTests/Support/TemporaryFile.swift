#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file in the system's temporary directory that goes away with this object.
final class TemporaryFile {
    let path: String

    /// A path at which nothing lies yet.
    init() { path = "/tmp/weightfile-\(getpid())-\(UInt64.random(in: 0...UInt64.max))" }

    convenience init(_ bytes: [UInt8]) {
        self.init()
        append(bytes)
    }

    func append(_ bytes: [UInt8]) {
        let file = fopen(path, "ab")
        precondition(file != nil, "cannot write \(path)")
        precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count, "cannot write \(path)")
        fclose(file)
    }

    /// Cuts the file to its first `byteCount` bytes.
    func shorten(to byteCount: Int) { precondition(truncate(path, byteCount) == 0, "cannot shorten \(path)") }

    /// How many bytes lie at `path`, nil where there is no file.
    static func byteCount(at path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    deinit { unlink(path) }
}

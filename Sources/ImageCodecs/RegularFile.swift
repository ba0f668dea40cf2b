#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whole files through the system's own calls, so that each failure keeps its `errno`.
enum RegularFile {
    /// The bytes of the file at `path`, whose length is checked before any is read.
    static func read(_ path: String, limits: DecodingLimits) throws(ImageDecodingError) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadableFile(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadableFile(path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: path) }
        let count = Int(status.st_size)
        if let violation = limits.violation(byteCount: count) { throw violation }
        return try bytes(of: descriptor, count: count, path: path)
    }

    private static func bytes(
        of descriptor: Int32, count: Int, path: String
    ) throws(ImageDecodingError) -> [UInt8] {
        var failure: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let step = systemRead(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
                if step > 0 { filled += step } else if step == 0 { break } else if errno != EINTR { failure = errno }
                if failure != nil { break }
            }
        }
        if let failure { throw .unreadableFile(path: path, code: failure) }
        return bytes
    }
}

private let systemRead = read

/// The system's words for an `errno`.
enum SystemError {
    static func message(for code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, strerror_r(code, base, buffer.count) == 0 else {
                return "error \(code)"
            }
            return String(cString: base)
        }
    }
}

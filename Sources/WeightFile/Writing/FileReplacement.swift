#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes whole files so that a reader finds the old one or the new one, never a part.
enum FileReplacement {
    static func replace(_ path: String, with bytes: [UInt8]) throws(WeightError) {
        let partial = path + ".partial"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, errno: errno) }
        let written = writeAll(bytes, to: descriptor)
        let failure = errno
        guard close(descriptor) == 0, written else {
            unlink(partial)
            throw .cannotWrite(path: path, errno: failure)
        }
        guard rename(partial, path) == 0 else {
            let failure = errno
            unlink(partial)
            throw .cannotWrite(path: path, errno: failure)
        }
    }

    /// Writes all bytes, in as many pieces as the system takes; false when it refuses.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest)
                let count = write(descriptor, piece.baseAddress, piece.count)
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}

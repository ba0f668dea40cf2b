#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One file of this process in memory-backed storage, overwritten by every input: the readers take paths.
enum ScratchFile {
    static let path = (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp") + "/swift-emotion-fuzz-\(getpid())"

    /// Puts `bytes` into the file, in place of what was there.
    static func write(_ bytes: [UInt8]) {
        // A new file each time: the one before may still be mapped.
        unlink(path)
        guard let file = fopen(path, "wb") else { preconditionFailure("cannot write \(path)") }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file's bytes, mapped read-only for as long as this object lives.
///
/// Mapped and not read, so that the file's bytes are never copied and several processes share them. Whoever shortens
/// the file in place while it is open ends this process with a bus error, as with every mapping; replace weight files
/// by renaming.
final class MappedFile: Sendable {
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    init(contentsOf path: String) throws(WeightError) {
        // Without O_NONBLOCK, opening a pipe would wait for a writer before it can be refused.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotOpen(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: path) }
        let byteCount = Int(status.st_size)
        guard byteCount > 0 else { throw .tooShort(path: path, byteCount: 0) }
        let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let start, start != MAP_FAILED else { throw .cannotMap(path: path, errno: errno) }
        bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}

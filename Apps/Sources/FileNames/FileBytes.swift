#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whole files and streams, read by the system's own calls, so that any name can be opened and each failure keeps its
/// `errno`.
public enum FileBytes {
    /// Why nothing was read.
    public enum Failure: Error, Hashable, Sendable {
        /// The system's `errno`.
        case system(Int32)
        case folder
        /// A pipe, a socket or a device.
        case notAFile
        /// A file where a folder is needed.
        case notAFolder
        /// More bytes than `limit`; `count` where it is known.
        case tooLong(count: Int?, limit: Int)

        /// The reason for people, without the file's name.
        public var reason: String {
            switch self {
            case .system(let code): SystemReason.words(code)
            case .folder: "it is a folder, not a file"
            case .notAFile: "it is a pipe or a device, not a file"
            case .notAFolder: "it is a file, not a folder"
            case .tooLong(let count, let limit):
                (count.map { "it has \($0) bytes" } ?? "it does not end") + "; at most \(limit) bytes are read"
            }
        }
    }

    /// The bytes of the file at `path`.
    ///
    /// - Parameter takesPipes: whether a pipe or a device is read to its end as well; else one is refused without waiting.
    public static func read(
        _ path: String, atMost limit: Int, takesPipes: Bool = false
    ) throws(Failure) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever.
        let flags = O_RDONLY | O_CLOEXEC | (takesPipes ? 0 : O_NONBLOCK)
        let descriptor = FileName.withBytes(path) { open($0, flags) }
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            let count = Int(status.st_size)
            guard count <= limit else { throw .tooLong(count: count, limit: limit) }
            return try bytes(of: descriptor, expected: count, limit: limit)
        case S_IFDIR: throw .folder
        default:
            guard takesPipes else { throw .notAFile }
            return try bytes(of: descriptor, expected: 0, limit: limit)
        }
    }

    /// A file piece by piece, so that it need not be held.
    ///
    /// - Parameters:
    ///   - size: of a piece in bytes; the last one is shorter.
    ///   - take: is given each piece, and how many bytes the file had when it was opened.
    /// - Throws: ``Failure``, and what `take` throws.
    public static func readPieces(
        of path: String, size: Int, _ take: (_ bytes: [UInt8], _ total: Int) throws -> Void
    ) throws {
        let descriptor = FileName.withBytes(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw Failure.system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure.system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw status.st_mode & S_IFMT == S_IFDIR ? Failure.folder : Failure.notAFile
        }
        try readPieces(of: descriptor, from: 0, size: size) { try take($0, Int(status.st_size)) }
    }

    static func readPieces(
        of descriptor: Int32, from offset: Int, size: Int, _ take: (_ bytes: [UInt8]) throws -> Void
    ) throws {
        var offset = offset
        while true {
            var count = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
                count = pread(descriptor, buffer.baseAddress, size, off_t(offset))
                filled = max(0, count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Failure.system(errno) }
            guard count > 0 else { return }
            offset += count
            try take(bytes)
        }
    }

    /// Everything on standard input.
    public static func readStandardInput(atMost limit: Int) throws(Failure) -> [UInt8] {
        try bytes(of: STDIN_FILENO, expected: 0, limit: limit)
    }

    /// The first bytes of the file at `path`, `count` at the most.
    public static func beginning(of path: String, count: Int) throws(Failure) -> [UInt8] {
        let descriptor = FileName.withBytes(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, systemRead(descriptor, buffer.baseAddress, count))
        }
    }

    /// - Parameter expected: the length where it is known; the file may have grown or shrunk since.
    private static func bytes(of descriptor: Int32, expected: Int, limit: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(expected + 1, 1 << 16))
        var filled = 0
        while true {
            let count = bytes.withUnsafeMutableBytes { buffer in
                systemRead(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            guard count > 0 else { break }
            filled += count
            guard filled <= limit else { throw .tooLong(count: nil, limit: limit) }
            if filled == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}

private let systemRead = read

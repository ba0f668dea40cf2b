import FileNames

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a path stands for, links followed: equal for all names of one file, also of one that does not exist yet.
enum FileIdentity: Hashable {
    case file(device: UInt64, number: UInt64)
    /// A file that would be made in this folder.
    case absent(device: UInt64, folder: UInt64, name: String)
    /// Something open in this process that is no file on a disk.
    case descriptor(Int32)

    /// Of the file at `path`; nil for devices such as `/dev/null`, which any number of outputs may share, and for paths
    /// that lead nowhere.
    init?(path: String) {
        guard case .success(let target) = LinkTarget.of(path) else { return nil }
        switch target {
        case .descriptor(let number): self.init(descriptor: number)
        case .path(let path):
            var status = stat()
            if FileName.withBytes(path, { stat($0, &status) }) == 0 {
                guard status.st_mode & S_IFMT != S_IFCHR else { return nil }
                self = .file(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
            } else {
                let (folder, name) = LinkTarget.parts(of: path)
                guard errno == ENOENT, !name.isEmpty, FileName.withBytes(folder, { stat($0, &status) }) == 0 else {
                    return nil
                }
                self = .absent(device: UInt64(status.st_dev), folder: UInt64(status.st_ino), name: name)
            }
        }
    }

    /// Of what is open under a number. Both ends of a connection may be one thing, so what is no file on a disk is told
    /// apart by its number.
    init(descriptor: Int32) {
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            self = .file(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        } else {
            self = .descriptor(descriptor)
        }
    }
}

/// Where a path leads when all links are followed.
enum LinkTarget {
    /// No link; there may be nothing of that name yet.
    case path(String)
    /// One of the names that the system has for an open descriptor, such as `/dev/stdout`.
    case descriptor(Int32)

    /// The most links that are followed, as many as Linux does.
    private static let mostLinks = 40

    /// Follows `path`; fails with an `errno`.
    static func of(_ path: String) -> Result<LinkTarget, Errno> {
        var path = path
        for _ in 0...mostLinks {
            if let number = descriptor(named: path) { return .success(.descriptor(number)) }
            guard let link = linkText(of: path) else { return .success(.path(path)) }
            path = link.hasPrefix("/") ? link : parts(of: path).folder + "/" + link
        }
        return .failure(Errno(code: ELOOP))
    }

    /// A path's folder and the name in it; the name is empty for `/` and for what ends with a slash.
    static func parts(of path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.utf8.index(after: slash)...]))
    }

    private static func descriptor(named path: String) -> Int32? {
        switch path {
        case "/dev/stdin": return STDIN_FILENO
        case "/dev/stdout": return STDOUT_FILENO
        case "/dev/stderr": return STDERR_FILENO
        default: break
        }
        for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"] where path.hasPrefix(folder) {
            return Int32(path.dropFirst(folder.count))
        }
        return nil
    }

    /// What the link at `path` says; nil where there is none.
    private static func linkText(of path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { target in
                FileName.withBytes(path) { readlink($0, target.assumingMemoryBound(to: CChar.self), buffer.count) }
            } ?? 0
        }
        return count > 0 ? FileName.text(Array(bytes[..<count])) : nil
    }
}

/// An error of the system.
struct Errno: Error, CustomStringConvertible {
    let code: Int32

    var description: String { SystemReason.words(code) }
}

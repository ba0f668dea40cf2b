#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What lies in a folder.
public enum FolderNames {
    /// The names in the folder at `path` that are not hidden, in the order of their bytes.
    public static func visible(in path: String) throws(FileBytes.Failure) -> [String] {
        guard let stream = FileName.withBytes(path, { opendir($0) }) else {
            let code = errno
            throw code == ENOTDIR && isThere(path) ? .notAFolder : .system(code)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name.first != UInt8(ascii: ".") { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }.map(FileName.text)
    }

    /// Whether something is there; else a folder above it is none.
    private static func isThere(_ path: String) -> Bool { FileName.withBytes(path) { access($0, F_OK) } == 0 }
}

import FileNames

/// What is wrong with a file, after the file's name.
struct FileFailure: Error, CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - path: `-` for standard input.
    ///   - reason: which may begin with the name already.
    init(_ path: String, reason: String) {
        let name = path == "-" ? "standard input" : FileName.shown(path)
        description = reason.hasPrefix(name) ? reason : "\(name): \(reason)"
    }
}

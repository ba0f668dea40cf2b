import FileNames

/// What is wrong with a file, after the file's name.
struct FileFailure: Error, CustomStringConvertible {
    let description: String

    /// - Parameter error: whose description may begin with the name already.
    init(_ path: String, _ error: any Error) {
        let text = "\(error)"
        description = text.hasPrefix(path) ? text : "\(FileName.shown(path)): \(text)"
    }

    /// What `body` gives; its error with the file's name.
    static func naming<Value>(_ path: String, _ body: () throws -> Value) throws(FileFailure) -> Value {
        do { return try body() } catch { throw FileFailure(path, error) }
    }
}

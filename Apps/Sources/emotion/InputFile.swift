import FileNames

/// A file that is read whole, such as a session, a list of votes or a result to be fused; `-` is standard input.
struct InputFile {
    let path: String

    /// More than any of them has.
    private static let mostBytes = 1 << 28

    init(_ path: String) { self.path = path }

    /// The file's bytes.
    ///
    /// - Throws: ``FileFailure``, which names the file.
    func bytes() throws(FileFailure) -> [UInt8] {
        do throws(FileBytes.Failure) {
            return path == "-"
                ? try FileBytes.readStandardInput(atMost: Self.mostBytes)
                : try FileBytes.read(path, atMost: Self.mostBytes, takesPipes: true)
        } catch {
            throw FileFailure(path, reason: error.reason)
        }
    }

    /// What `body` makes of the file's bytes; its error with the file's name.
    func read<Value>(_ body: ([UInt8]) throws -> Value) throws(FileFailure) -> Value {
        let bytes = try bytes()
        do { return try body(bytes) } catch { throw FileFailure(path, reason: "\(error)") }
    }
}

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

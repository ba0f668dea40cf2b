import ArgumentParser
import ConsoleOutput

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of UTF-8 text; what cannot be read or written ends the command with a message.
struct TextFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// The file's whole text.
    func read() throws -> String {
        guard let file = fopen(path, "rb") else { throw failure("read") }
        defer { fclose(file) }
        var (text, block) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&block, 1, block.count, file), count > 0 { text += block[..<count] }
        guard ferror(file) == 0 else { throw failure("read") }
        return String(decoding: text, as: UTF8.self)
    }

    /// Replaces the file by `text`.
    func write(_ text: String) throws {
        guard let file = fopen(path, "wb") else { throw failure("write") }
        var text = text
        let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
        guard fclose(file) == 0, written == text.utf8.count else { throw failure("write") }
    }

    private func failure(_ verb: String) -> ExitCode {
        Console.report("emotion: cannot \(verb) \(path): \(String(cString: strerror(errno)))")
        return ExitCode(ExitStatus.failed.rawValue)
    }
}

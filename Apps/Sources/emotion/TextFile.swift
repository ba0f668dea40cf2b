import ArgumentParser
import ConsoleOutput

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of UTF-8 text; one that cannot be read ends the command with a message.
struct TextFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// The file's whole text.
    func read() throws -> String {
        guard let file = fopen(path, "rb") else { throw failure() }
        defer { fclose(file) }
        var (text, block) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&block, 1, block.count, file), count > 0 { text += block[..<count] }
        guard ferror(file) == 0 else { throw failure() }
        return String(decoding: text, as: UTF8.self)
    }

    private func failure() -> ExitCode {
        Console.report("emotion: cannot read \(path): \(String(cString: strerror(errno)))")
        return ExitCode(ExitStatus.failed.rawValue)
    }
}

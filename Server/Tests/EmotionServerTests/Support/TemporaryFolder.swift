import Foundation

/// A folder that goes away with its last reference.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("emotion-server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder, whether or not it exists.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file and returns its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        try Data(bytes).write(to: url.appendingPathComponent(name))
        return path(name)
    }
}

/// A program run to its end.
struct Program {
    let status: Int32
    let output: [UInt8]
    let messages: String

    init(_ arguments: String...) throws { try self.init(arguments) }

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let folder = try TemporaryFolder()
        let paths = (output: try folder.file("output", []), messages: try folder.file("messages", []))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: paths.output)
        process.standardError = FileHandle(forWritingAtPath: paths.messages)
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        output = FileManager.default.contents(atPath: paths.output).map { [UInt8]($0) } ?? []
        messages = try String(contentsOfFile: paths.messages, encoding: .utf8)
        withExtendedLifetime(folder) {}
    }

    /// Whether a program of this name is on the search path.
    static func exists(_ name: String) -> Bool { (try? Program("which", name).status) == 0 }

    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(output))) as? [String: Any] ?? [:] }
}

import Foundation

/// The built `emotion` command, run as a child process as a shell would.
struct Command {
    let status: Int32
    /// Lines of standard output.
    let output: [String]
    /// All of standard error.
    let messages: String

    /// The executable that lies beside the test bundle.
    static let executable: URL = {
        let bundles = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
        let folders = bundles.flatMap { [$0.deletingLastPathComponent(), $0] }
        let candidates = folders.map { $0.appendingPathComponent("emotion") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? URL(fileURLWithPath: "emotion")
    }()

    /// Runs the command with `arguments` and waits for its end.
    init(_ arguments: String..., environment: [String: String] = [:]) throws {
        try self.init(arguments, environment: environment)
    }

    /// Runs the command with `arguments` and waits for its end.
    ///
    /// - Parameters:
    ///   - launcher: a program with arguments that runs what is named after them.
    ///   - input: what it finds on standard input; nothing otherwise.
    init(
        _ arguments: [String], environment: [String: String] = [:], launcher: [String] = [], input: Data = Data()
    ) throws {
        let process = Process()
        if launcher.isEmpty {
            process.executableURL = Command.executable
            process.arguments = arguments
        } else {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = launcher + [Command.executable.path] + arguments
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files, not pipes: a child that writes much to both could otherwise wait for a reader of the other.
        let folder = try TemporaryFolder()
        let (output, messages) = (folder.path("output"), folder.path("messages"))
        for path in [output, messages] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        process.standardInput = FileHandle(forReadingAtPath: try folder.file("input", input))
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: messages)
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        self.output = try String(contentsOfFile: output, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
        self.messages = try String(contentsOfFile: messages, encoding: .utf8)
        withExtendedLifetime(folder) {}
    }

    /// Each line of standard output as a JSON object.
    func objects() throws -> [[String: Any]] {
        try output.map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }
}

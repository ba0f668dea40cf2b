import Foundation

/// The built `emotion` command while it runs: it can be fed, watched and sent signals.
final class RunningCommand {
    private let process = Process()
    private let folder: TemporaryFolder
    private let input = Pipe()

    /// Starts the command; its standard input is a pipe for ``feed(_:)``.
    ///
    /// - Parameter launcher: a program with arguments that runs what is named after them.
    init(_ arguments: [String], environment: [String: String] = [:], launcher: [String] = []) throws {
        folder = try TemporaryFolder()
        for name in ["output", "messages"] { _ = try folder.file(name, []) }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = launcher + [Command.executable.path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = FileHandle(forWritingAtPath: folder.path("output"))
        process.standardError = FileHandle(forWritingAtPath: folder.path("messages"))
        // A command that ends early must not end the tests with it.
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        try input.fileHandleForReading.close()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var isRunning: Bool { process.isRunning }

    /// All of standard output so far.
    var output: String { (try? String(contentsOfFile: folder.path("output"), encoding: .utf8)) ?? "" }

    /// All of standard error so far.
    var messages: String { (try? String(contentsOfFile: folder.path("messages"), encoding: .utf8)) ?? "" }

    /// Bytes that the command has written to files and pipes; 0 where the system does not tell.
    var bytesWritten: Int {
        let path = "/proc/\(process.processIdentifier)/io"
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.first { $0.hasPrefix("wchar: ") }.flatMap { Int($0.dropFirst(7)) } ?? 0
    }

    /// Writes to standard input; returns when all but what a pipe holds was read.
    func feed(_ bytes: Data) throws { try input.fileHandleForWriting.write(contentsOf: bytes) }

    func closeInput() throws { try input.fileHandleForWriting.close() }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Sends a signal to every process of the command's group, as a terminal does. `Process` makes each of its children the
    /// first of a group.
    func sendToGroup(_ signal: Int32) { kill(-process.processIdentifier, signal) }

    /// Waits until `condition` holds, a minute at the most; false where it does not, or where the command ended.
    func wait(until condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            guard process.isRunning, ContinuousClock.now < deadline else { return condition() }
            usleep(10_000)
        }
        return true
    }

    /// Waits for the end; the exit status, or minus the signal that ended the command.
    func waitForEnd() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The built `emotion-server`, run as a child process on a free port of loopback.
final class ServerProcess: @unchecked Sendable {
    let port: UInt16
    let folder: TemporaryFolder
    private let process: Process
    private let logPath: String

    struct NotStarted: Error, CustomStringConvertible {
        let log: String
        var description: String { "the server did not start: \(log)" }
    }

    /// The executable that lies beside the test bundle.
    static let executable: URL = {
        let bundles = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
        let folders = bundles.flatMap { [$0.deletingLastPathComponent(), $0] }
        let candidates = folders.map { $0.appendingPathComponent("emotion-server") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? URL(fileURLWithPath: "emotion-server")
    }()

    /// Starts the server and waits until it listens, and until its models were checked.
    ///
    /// - Parameters:
    ///   - folder: for the database; one of its own when nil.
    ///   - waitsForModels: as far as `readyz` goes; not where it is to fail.
    init(
        _ options: String..., environment: [String: String] = [:], folder: TemporaryFolder? = nil,
        database: String? = nil, waitsForModels: Bool = true, launcher: [String] = []
    ) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        logPath = folder.path("log-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: logPath, contents: nil)
        process = Process()
        let arguments = ["--port", "0", "--database", database ?? folder.path("sessions.sqlite")] + options
        if launcher.isEmpty {
            process.executableURL = Self.executable
            process.arguments = arguments
        } else {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = launcher + [Self.executable.path] + arguments
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: logPath)
        try process.run()
        let log = logPath
        var found: UInt16?
        for _ in 0..<600 where found == nil {
            usleep(50_000)
            found = Self.lines(of: log).first { $0["message"] as? String == "listening" }
                .flatMap { ($0["port"] as? String).flatMap(UInt16.init) }
            if !process.isRunning { break }
        }
        guard let found else { throw NotStarted(log: try String(contentsOfFile: log, encoding: .utf8)) }
        port = found
        if waitsForModels {
            for _ in 0..<600 where try get("/readyz").status != 200 { usleep(50_000) }
        }
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var isRunning: Bool { process.isRunning }
    var processIdentifier: Int32 { process.processIdentifier }

    /// Ends the server at once, as a crash would.
    func killAtOnce() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks the server to stop.
    ///
    /// - Returns: its exit status; negative for a signal.
    @discardableResult
    func stop() -> Int32 {
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Sends a signal and goes on.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func waitForExit() { process.waitUntilExit() }

    /// The log so far, an object a line.
    var log: [[String: Any]] { Self.lines(of: logPath) }

    /// The log as it is written.
    var logText: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    /// Resident memory in bytes; 0 where it is not known.
    var residentBytes: Int {
        let statm = (try? String(contentsOfFile: "/proc/\(processIdentifier)/statm", encoding: .utf8)) ?? ""
        return (statm.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096
    }

    private static func lines(of path: String) -> [[String: Any]] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
        }
    }
}

import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A PostgreSQL server of the tests' own, on a free port of loopback, with its data in a temporary folder.
final class PostgreSQLServer {
    let address: String
    private let port: UInt16
    private let folder: TemporaryFolder
    private let data: String
    private var process: Process?

    /// Where the newest installed server's programs are; nil where none is.
    private static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap(Int.init).max().map { "\(root)/\($0)/bin" }
    }()

    /// Servers refuse to run as root; then it is the system's user for them.
    private static let launcher =
        getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []

    static let isPossible: Bool = {
        guard let programs, FileManager.default.isExecutableFile(atPath: programs + "/initdb") else { return false }
        return launcher.isEmpty || (try? Program(launcher + ["true"]).status) == 0
    }()

    init() throws {
        folder = try TemporaryFolder()
        data = folder.path("data")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        if getuid() == 0 { _ = try Program("chown", "-R", "postgres", folder.path("")) }
        port = try Self.freePort()
        let bin = Self.programs ?? ""
        let made = try Program(
            Self.launcher + ["\(bin)/initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale"])
        guard made.status == 0 else { throw RawConnection.Failure(description: "initdb: \(made.messages)") }
        address = "postgresql://tester@127.0.0.1:\(port)/postgres"
        try start()
    }

    deinit { stop() }

    /// Runs the server as a child, not as a daemon: its signals then reach it, and nothing of it is left behind.
    private func start() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            Self.launcher + [
                "\(Self.programs ?? "")/postgres", "-D", data, "-p", "\(port)", "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=",
            ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        for _ in 0..<200 {
            if try query("SELECT 1") == ["1"] { return }
            usleep(50_000)
        }
        throw RawConnection.Failure(description: "the PostgreSQL server did not start")
    }

    /// Ends the server at once, as a crash would.
    func stop() {
        guard let process, process.isRunning else { return }
        try? thaw()
        kill(process.processIdentifier, SIGQUIT)
        process.waitUntilExit()
    }

    /// Stops every process of the server where it is, as on a machine that hangs; its connections stay open.
    func freeze() throws { try signal(SIGSTOP) }

    /// Lets it go on.
    func thaw() throws { try signal(SIGCONT) }

    private func signal(_ number: Int32) throws {
        guard let parent = process?.processIdentifier else { return }
        kill(parent, number)
        for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let child = Int32(entry),
                let stat = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8)
            else { continue }
            // Behind the name in parentheses: state, parent.
            let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
            if fields.count > 2, Int32(fields[2]) == parent { kill(child, number) }
        }
    }

    /// Starts again after ``stop()``, on the same port.
    func restart() throws { try start() }

    /// What a query gives, a row a line.
    func query(_ sql: String) throws -> [String] {
        let run = try Program("psql", "--no-psqlrc", "-At", address, "-c", sql)
        return String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A port that nobody listens on.
    static func freePort() throws -> UInt16 {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else { throw RawConnection.Failure(description: "no port is free") }
        return UInt16(bigEndian: address.sin_port)
    }
}

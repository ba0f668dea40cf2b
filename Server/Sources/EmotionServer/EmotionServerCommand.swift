import ArgumentParser
import ServiceRoutes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `emotion-server`: the service and the practice page.
@main
struct EmotionServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emotion-server",
        abstract: "Serves the analysis of faces, practice sessions and the practice page over HTTP.",
        discussion: """
            Every option is also read from the environment variable EMOTION_SERVER_NAME (--max-body-mib is \
            EMOTION_SERVER_MAX_BODY_MIB) and from the file of --config, lines of the same NAME=VALUE; an option counts \
            more than the environment, and that more than the file.

            Keys come from the environment variable EMOTION_SERVER_API_KEY (one, of the owner "default") or from a file \
            of lines OWNER KEY, never from the command line, which other users can read. Without a key the service \
            listens on this machine alone.

            The log goes to standard error, a JSON object a line. Exit status: 0 ended by a signal, 1 failed, 64 wrong \
            usage. A score says what an expression looks like, never what a person feels.
            """,
        version: ServiceRoutes.release)

    @Option(help: ArgumentHelp("The address to listen on (default: 127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port, 0 for any that is free (default: 8080).", valueName: "number"))
    var port: Int?

    @Option(
        help: ArgumentHelp(
            """
            Where the sessions are: a SQLite file, which is made where it is missing, or a PostgreSQL server, \
            postgresql://USER:PASSWORD@HOST/NAME, better named in the environment (default: emotion-server.sqlite).
            """, valueName: "file-or-url"))
    var database: String?

    @Option(help: ArgumentHelp("A file of settings, lines EMOTION_SERVER_NAME=VALUE.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("A file of keys, lines OWNER KEY.", valueName: "file"))
    var apiKeys: String?

    @Option(
        help: ArgumentHelp(
            """
            Names by which the service may be called besides localhost and its own address, commas between (default: no \
            others, or any where there are keys).
            """, valueName: "names"))
    var allowHost: String?

    @Option(
        help: ArgumentHelp(
            "Origins of other sites whose pages may use the service, commas between.", valueName: "origins"))
    var allowOrigin: String?

    @Option(
        help: ArgumentHelp(
            "Days after which a session that nothing was added to is deleted, 0 for never (default: 30).",
            valueName: "days"))
    var retentionDays: Double?

    @Option(help: ArgumentHelp("A folder with all weight files.", valueName: "folder"))
    var weights: String?

    @Option(help: ArgumentHelp("A folder of the page's files in place of the built-in one.", valueName: "folder"))
    var `public`: String?

    @Option(help: ArgumentHelp("Threads for the networks (default: one for each processor).", valueName: "count"))
    var threads: Int?

    @Option(help: ArgumentHelp("Pictures that may wait for the networks (default: 64).", valueName: "count"))
    var queue: Int?

    @Option(help: ArgumentHelp("Pictures that go through the networks together (default: 8).", valueName: "count"))
    var batch: Int?

    @Option(
        help: ArgumentHelp("Seconds after which a waiting picture is given up (default: 20).", valueName: "seconds"))
    var deadline: Double?

    @Option(help: ArgumentHelp("The largest body of a request (default: 16).", valueName: "MiB"))
    var maxBodyMib: Int?

    @Option(
        help: ArgumentHelp(
            "The largest sum of bodies, pictures and recordings in memory at one time (default: 256).", valueName: "MiB"
        ))
    var maxHeldMib: Int?

    @Option(help: ArgumentHelp("Seconds in which a body must have come (default: 20).", valueName: "seconds"))
    var bodySeconds: Double?

    @Option(help: ArgumentHelp("Connections at one time (default: 256).", valueName: "count"))
    var connections: Int?

    @Option(
        help: ArgumentHelp(
            "Seconds after which a connection on which nothing moves is closed (default: 60).", valueName: "seconds"))
    var idleSeconds: Double?

    @Option(
        help: ArgumentHelp(
            "Requests a second of one key, twice as many at once, 0 for no limit (default: 50 with keys, else none).",
            valueName: "count"))
    var rate: Double?

    @Option(help: ArgumentHelp("Sessions of one owner (default: 1000).", valueName: "count"))
    var maxSessions: Int?

    @Option(help: ArgumentHelp("Seconds that a stop waits for requests under way (default: 30).", valueName: "seconds"))
    var stopSeconds: Double?

    @Option(
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical (default: info).", valueName: "level"))
    var logLevel: String?

    func run() async throws {
        // What is made holds what people said of themselves by their faces: for this user alone.
        umask(0o077)
        let configuration: Configuration
        do { configuration = try Configuration(self) } catch let error as ConfigurationError {
            throw ValidationError(error.message)
        }
        do { try await EmotionServer(configuration).run() } catch {
            Self.report("\(error)")
            throw ExitCode.failure
        }
    }

    private static func report(_ message: String) {
        let line = Array("emotion-server: \(message)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

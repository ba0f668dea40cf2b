import FoundationEssentials
import Logging
import ReplyJSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes each event as one line of JSON to standard error.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(logLevel: Logger.Level) { self.logLevel = logLevel }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var members: [JSONValue.Member] = [
            .init("time", .string(Date().ISO8601Format(.init(includingFractionalSeconds: true)))),
            .init("level", .string(event.level.rawValue)), .init("message", .string(event.message.description)),
        ]
        members += all.sorted { $0.key < $1.key }.map { key, value in
            .init(key == "hb.request.id" ? "request_id" : key, .string("\(value)"))
        }
        let line = JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
        // One write a line, so that lines of several threads do not mix.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// The time of day.
enum WallClock {
    /// Seconds since 1970.
    static var now: Double { Date().timeIntervalSince1970 }
}

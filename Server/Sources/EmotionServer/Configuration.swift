import FoundationEssentials
import Logging
import PracticeSessions
import ServiceRoutes

/// Why the service cannot be run as it was asked to.
struct ConfigurationError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// Everything the service was told: by options, the environment, and a file, in this order.
struct Configuration {
    let host: String
    let port: Int
    let database: String
    let weights: String?
    let publicFolder: String?
    let threads: Int?
    let queueCapacity: Int
    let batch: Int
    let connections: Int
    let idleSeconds: Double
    let stopSeconds: Double
    let logLevel: Logger.Level
    let service: ServiceSettings

    init(_ options: EmotionServerCommand, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var source = try SettingSource(environment: environment, file: options.config)
        host = source.text("HOST", options.host) ?? "127.0.0.1"
        port = try source.number("PORT", options.port, in: 0...65_535) ?? 8080
        database = source.text("DATABASE", options.database) ?? "emotion-server.sqlite"
        weights = source.text("WEIGHTS", options.weights)
        publicFolder = source.text("PUBLIC", options.public)
        threads = try source.number("THREADS", options.threads, in: 1...1_024)
        queueCapacity = try source.number("QUEUE", options.queue, in: 1...10_000) ?? 64
        batch = try source.number("BATCH", options.batch, in: 1...64) ?? 8
        connections = try source.number("CONNECTIONS", options.connections, in: 1...100_000) ?? 256
        idleSeconds = try source.number("IDLE_SECONDS", options.idleSeconds, in: 0.1...3_600) ?? 60
        stopSeconds = try source.number("STOP_SECONDS", options.stopSeconds, in: 0...3_600) ?? 30
        let level = source.text("LOG_LEVEL", options.logLevel) ?? "info"
        guard let logLevel = Logger.Level(rawValue: level) else {
            throw ConfigurationError("\(level) is no level of the log.")
        }
        self.logLevel = logLevel

        let keyFile = source.text("API_KEYS", options.apiKeys)
        let keys = try source.keys(file: keyFile)
        let isLoopback = Self.isLoopback(host)
        guard isLoopback || !keys.isEmpty else {
            throw ConfigurationError(
                "listening on \(host) needs a key: name one in EMOTION_SERVER_API_KEY or a file with --api-keys.")
        }
        let names = source.list("ALLOW_HOST", options.allowHost).map { $0.lowercased() }
        // With a key the name tells nothing unless names were given. This machine calls itself as it likes in any case, as the
        // container's health check does.
        let bracketed = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        let ownNames = ["localhost", "127.0.0.1", "[::1]", bracketed.lowercased()]
        let allowedHosts = keys.isEmpty || !names.isEmpty ? Set(ownNames + names) : nil
        let days = try source.number("RETENTION_DAYS", options.retentionDays, in: 0...36_500) ?? 30
        let perSecond = try source.number("RATE", options.rate, in: 0...1_000_000) ?? (keys.isEmpty ? 0 : 50)
        let bodyMebibytes = try source.number("MAX_BODY_MIB", options.maxBodyMib, in: 1...128) ?? 16
        let heldMebibytes = try source.number("MAX_HELD_MIB", options.maxHeldMib, in: 1...65_536) ?? 256
        guard heldMebibytes >= bodyMebibytes else {
            throw ConfigurationError(
                "all bodies together (--max-held-mib \(heldMebibytes)) cannot be less than one (\(bodyMebibytes)).")
        }
        service = ServiceSettings(
            keys: keys, allowedHosts: allowedHosts,
            allowedOrigins: Set(source.list("ALLOW_ORIGIN", options.allowOrigin)),
            retentionSeconds: days > 0 ? days * 86_400 : nil,
            bodyBytes: bodyMebibytes << 20,
            bodySeconds: try source.number("BODY_SECONDS", options.bodySeconds, in: 0.1...3_600) ?? 20,
            heldBytes: heldMebibytes << 20,
            deadlineSeconds: try source.number("DEADLINE", options.deadline, in: 0.001...3_600) ?? 20,
            rate: perSecond > 0 ? .init(perSecond: perSecond, burst: max(1, 2 * perSecond)) : nil,
            practice: PracticeLimits(
                sessions: try source.number("MAX_SESSIONS", options.maxSessions, in: 1...1_000_000) ?? 1_000))
        try source.refuseUnknown()
    }

    /// Whether only this machine can reach the address.
    static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name == "localhost" || name == "::1" || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Where settings that are no options come from.
struct SettingSource {
    private let environment: [String: String]
    private let file: [String: String]
    private let filePath: String?
    /// The names that were asked for, which are all that there are once everything is read.
    private var known: Set<String> = []

    private static let prefix = "EMOTION_SERVER_"
    private static let key = prefix + "API_KEY"
    /// Whose key the environment names.
    private static let defaultOwner = "default"

    init(environment: [String: String], file path: String?) throws {
        self.environment = environment
        filePath = path ?? environment[Self.prefix + "CONFIG"]
        file = try filePath.map(Self.lines) ?? [:]
        // That file may be readable by everybody, and is often kept where others look.
        guard file[Self.key] == nil else {
            throw ConfigurationError(
                "\(filePath ?? ""): a key does not belong here; name it in the environment (\(Self.key)), or in a file of "
                    + "its own with --api-keys.")
        }
    }

    /// A misspelt setting would have no effect without a word.
    func refuseUnknown() throws {
        let unknown = Set(file.keys).subtracting(known).sorted()
        guard unknown.isEmpty else {
            throw ConfigurationError("\(filePath ?? ""): there is no setting \(unknown.joined(separator: ", ")).")
        }
    }

    mutating func text(_ name: String, _ option: String?) -> String? {
        known.insert(Self.prefix + name)
        let text = option ?? environment[Self.prefix + name] ?? file[Self.prefix + name]
        return text?.isEmpty == false ? text : nil
    }

    mutating func list(_ name: String, _ option: String?) -> [String] {
        (text(name, option) ?? "").split(separator: ",").map { String($0.trimmed) }.filter { !$0.isEmpty }
    }

    mutating func number<Number: LosslessStringConvertible & Comparable>(
        _ name: String, _ option: Number?, in range: ClosedRange<Number>
    ) throws -> Number? {
        guard let text = text(name, option.map { "\($0)" }) else { return nil }
        guard let number = Number(text), range.contains(number) else {
            throw ConfigurationError(
                "\(Self.prefix)\(name) is \(text): a number from \(range.lowerBound) to \(range.upperBound) is needed.")
        }
        return number
    }

    /// The keys of the file and of the environment.
    func keys(file path: String?) throws -> APIKeys {
        var keys: [String: String] = [:]
        if let path {
            for line in try Self.content(of: path).split(whereSeparator: \.isNewline).map(\.trimmed) where !line.isEmpty
            {
                if line.hasPrefix("#") { continue }
                let fields = line.split(separator: " ", omittingEmptySubsequences: true)
                guard fields.count == 2, keys[String(fields[0])] == nil else {
                    throw ConfigurationError("\(path): a line is OWNER KEY, each owner once.")
                }
                keys[String(fields[0])] = String(fields[1])
            }
        }
        if let key = environment[Self.key], !key.isEmpty {
            guard keys[Self.defaultOwner] == nil else {
                throw ConfigurationError(
                    "the key of \(Self.defaultOwner) is named twice: in \(path ?? "") and in \(Self.key).")
            }
            keys[Self.defaultOwner] = key
        }
        let owners = Dictionary(grouping: keys.keys) { keys[$0] ?? "" }.values.first { $0.count > 1 }
        if let owners {
            throw ConfigurationError("\(owners.sorted().joined(separator: " and ")) have the same key.")
        }
        let lengths = APIKeys.leastLength...APIKeys.greatestLength
        for (owner, key) in keys where !lengths.contains(key.utf8.count) || !APIKeys.isUsable(key) {
            throw ConfigurationError(
                "the key of \(owner) has to be \(lengths.lowerBound) to \(lengths.upperBound) visible ASCII characters "
                    + "without quotes, commas, semicolons and backslashes.")
        }
        return APIKeys(keys)
    }

    private static func lines(of path: String) throws -> [String: String] {
        var settings: [String: String] = [:]
        for line in try content(of: path).split(whereSeparator: \.isNewline).map(\.trimmed) {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, pair[0].hasPrefix(prefix) else {
                throw ConfigurationError("\(path): a line is \(prefix)NAME=VALUE.")
            }
            settings[String(pair[0].trimmed)] = String(pair[1].trimmed)
        }
        return settings
    }

    private static func content(of path: String) throws -> String {
        do { return try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw ConfigurationError("\(path) cannot be read.")
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}

import Dispatch
public import FoundationEssentials
public import SessionStore
import NIOConcurrencyHelpers
import TaskHandOver

/// Sessions in a PostgreSQL server, which any number of machines may share.
///
/// Calls wait for the server on threads of their own, never on those that serve requests.
public final class PostgreSQLSessionStore: SessionStore {
    private let address: String
    private let threads = DispatchQueue(label: "postgresql", attributes: .concurrent)
    /// As many calls at a time as there are connections.
    private let places: DispatchSemaphore
    private let idle = NIOLockedValueBox<[PostgreSQLConnection]>([])

    /// Connects, and brings the tables up to date.
    ///
    /// - Parameters:
    ///   - address: `postgresql://…`.
    ///   - connections: at most so many at a time.
    /// - Throws: ``SessionStoreError``.
    public init(address: String, connections: Int = 8) throws {
        self.address = address
        places = DispatchSemaphore(value: connections)
        try Self.migrate(PostgreSQLConnection(address))
    }

    public func create(_ session: StoredSessionHeader, owner: String, limit: Int) async throws {
        try await transaction { database in
            // Two that come at once are counted one after the other.
            try database.run("SELECT pg_advisory_xact_lock(hashtext($1))", [.text(owner)])
            let count: Int = try database.run("SELECT COUNT(*) FROM sessions WHERE owner = $1", [.text(owner)]).number(
                0, 0)
            guard count < limit else { throw SessionStoreError.tooManySessions(limit: limit) }
            try database.run(
                """
                INSERT INTO sessions (id, owner, title, started_at, created_at, updated_at, last_sequence, frame_count,
                    question_count, duration_seconds, details)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """,
                [
                    .text(session.id.uuidString), .text(owner), .text(session.title), .text(session.startedAt),
                    .number(session.createdAt), .number(session.updatedAt), .number(session.lastSequence),
                    .number(session.frameCount), .number(session.questionCount), .number(session.durationSeconds),
                    .bytes(session.details),
                ])
        }
    }

    public func header(of id: UUID, owner: String) async throws -> StoredSessionHeader {
        try await call { try Self.header(of: id, owner: owner, in: $0) }
    }

    public func headers(owner: String, after number: Int?, limit: Int) async throws -> [StoredSessionHeader] {
        try await call { database in
            let rows = try database.run(
                """
                SELECT \(Self.columns) FROM sessions WHERE owner = $1 AND number < $2 ORDER BY number DESC LIMIT $3
                """, [.text(owner), .number(number ?? Int.max), .number(limit)])
            return try (0..<rows.count).map { try Self.header(rows, $0) }
        }
    }

    public func entries(
        of id: UUID, owner: String, after sequence: Int
    ) async throws -> (header: StoredSessionHeader, entries: [StoredEntry]) {
        try await transaction(isolation: "REPEATABLE READ") { database in
            let header = try Self.header(of: id, owner: owner, in: database)
            let rows = try database.run(
                "SELECT sequence, frame_timestamp, entry FROM entries WHERE session = $1 AND sequence > $2 ORDER BY sequence",
                [.text(id.uuidString), .number(sequence)])
            let entries = try (0..<rows.count).map { row in
                StoredEntry(
                    sequence: try rows.number(row, 0), frameTimestamp: rows.text(row, 1).flatMap(Double.init),
                    json: try rows.bytes(row, 2) ?? [])
            }
            return (header, entries)
        }
    }

    public func reply(toFrameAt timestamp: Double, of id: UUID, owner: String) async throws -> [UInt8]? {
        try await call { database in
            _ = try Self.header(of: id, owner: owner, in: database)
            let rows = try database.run(
                "SELECT reply FROM entries WHERE session = $1 AND frame_timestamp = $2",
                [.text(id.uuidString), .number(timestamp)])
            return rows.count > 0 ? try rows.bytes(0, 0) : nil
        }
    }

    public func append(_ batch: EntryBatch, to id: UUID, owner: String) async throws {
        try await transaction { database in
            let header = try Self.header(of: id, owner: owner, in: database, lock: "FOR UPDATE")
            guard header.lastSequence == batch.expectedSequence else {
                throw SessionStoreError.changed(sequence: header.lastSequence)
            }
            for (offset, entry) in batch.entries.enumerated() {
                try database.run(
                    "INSERT INTO entries (session, sequence, frame_timestamp, entry, reply) VALUES ($1, $2, $3, $4, $5)",
                    [
                        .text(id.uuidString), .number(header.lastSequence + 1 + offset), .number(entry.frameTimestamp),
                        .bytes(entry.json), .bytes(entry.reply),
                    ])
            }
            let last = header.lastSequence + batch.entries.count
            try database.run(
                """
                UPDATE entries SET reply = NULL
                WHERE session = $1 AND sequence > $2 AND sequence <= $3 AND reply IS NOT NULL
                """,
                [.text(id.uuidString), .number(header.lastSequence - keptReplies), .number(last - keptReplies)])
            try database.run(
                """
                UPDATE sessions SET last_sequence = $2, frame_count = $3, question_count = $4, duration_seconds = $5,
                    updated_at = GREATEST(updated_at, $6) WHERE id = $1
                """,
                [
                    .text(id.uuidString), .number(last), .number(batch.frameCount), .number(batch.questionCount),
                    .number(batch.durationSeconds), .number(batch.updatedAt),
                ])
        }
    }

    public func keep(_ digest: StoredSessionHeader.Digest, of id: UUID, owner: String) async throws {
        try await call { database in
            try database.run(
                """
                UPDATE sessions SET digest = $1, digest_sequence = $2
                WHERE id = $3 AND owner = $4 AND (digest_sequence IS NULL OR digest_sequence < $2)
                """,
                [.bytes(digest.json), .number(digest.sequence), .text(id.uuidString), .text(owner)])
        }
    }

    public func delete(_ id: UUID, owner: String) async throws {
        try await call { database in
            let rows = try database.run(
                "DELETE FROM sessions WHERE id = $1 AND owner = $2", [.text(id.uuidString), .text(owner)])
            guard rows.changed == 1 else { throw SessionStoreError.noSuchSession }
        }
    }

    public func deleteAll(owner: String) async throws -> Int {
        try await call(isPatient: true) {
            try $0.run("DELETE FROM sessions WHERE owner = $1", [.text(owner)]).changed
        }
    }

    public func purge(unchangedSince time: Double) async throws -> Int {
        try await call(isPatient: true) {
            try $0.run("DELETE FROM sessions WHERE updated_at < $1", [.number(time)]).changed
        }
    }

    public func check() async throws { try await call { try $0.run("UPDATE probe SET writes = writes + 1") } }

    /// The server cleans its tables by itself.
    public func finishDeletions() async throws {}

    public func close() async throws { idle.withLockedValue { $0.removeAll() } }

    /// So long a call waits for one of the connections.
    private static let placeSeconds = 5.0

    /// In the order in which ``header(_:_:)`` reads them.
    private static let columns =
        "id, title, started_at, created_at, updated_at, last_sequence, frame_count, question_count, duration_seconds, "
        + "details, digest, digest_sequence, number"

    private static func header(
        of id: UUID, owner: String, in database: PostgreSQLConnection, lock: String = ""
    ) throws -> StoredSessionHeader {
        let rows = try database.run(
            "SELECT \(columns) FROM sessions WHERE id = $1 AND owner = $2 \(lock)",
            [.text(id.uuidString), .text(owner)])
        guard rows.count == 1 else { throw SessionStoreError.noSuchSession }
        return try header(rows, 0)
    }

    private static func header(_ rows: PostgreSQLConnection.Rows, _ row: Int) throws -> StoredSessionHeader {
        guard let id = rows.text(row, 0).flatMap({ UUID(uuidString: $0) }) else {
            throw SessionStoreError.unusable("a session without an id")
        }
        let digest: StoredSessionHeader.Digest? = try rows.bytes(row, 10).map { json in
            .init(json: json, sequence: try rows.number(row, 11))
        }
        var header = StoredSessionHeader(
            id: id, title: rows.text(row, 1), startedAt: rows.text(row, 2) ?? "", createdAt: try rows.number(row, 3),
            updatedAt: try rows.number(row, 4), details: try rows.bytes(row, 9) ?? [])
        header.lastSequence = try rows.number(row, 5)
        header.frameCount = try rows.number(row, 6)
        header.questionCount = try rows.number(row, 7)
        header.durationSeconds = try rows.number(row, 8)
        header.digest = digest
        header.number = try rows.number(row, 12)
        return header
    }

    @discardableResult
    private func transaction<Value: Sendable>(
        isolation: String = "READ COMMITTED", _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await call { database in
            try database.transaction {
                try database.run("SET TRANSACTION ISOLATION LEVEL \(isolation)")
                return try body(database)
            }
        }
    }

    /// Runs `body` on a thread with a connection; one that broke off is not used again.
    @discardableResult
    private func call<Value: Sendable>(
        isPatient: Bool = false, _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await HandOver<Result<Value, any Error>>.value { handOver in
            threads.async { [self] in
                guard places.wait(timeout: .now() + Self.placeSeconds) == .success else {
                    return handOver.give(
                        .failure(SessionStoreError.unavailable("every connection to the database server is busy")))
                }
                defer { places.signal() }
                handOver.give(
                    Result {
                        let known = idle.withLockedValue { $0.popLast() }
                        let connection = try known.flatMap { $0.isWhole ? $0 : nil } ?? PostgreSQLConnection(address)
                        connection.isPatient = isPatient
                        defer { if connection.isWhole { idle.withLockedValue { $0.append(connection) } } }
                        return try body(connection)
                    })
            }
        }.get()
    }

    /// The tables, in the steps in which they came to be; a step that was published never changes.
    private static let steps = [
        """
        CREATE TABLE sessions (
            number BIGSERIAL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            title TEXT,
            started_at TEXT NOT NULL,
            created_at DOUBLE PRECISION NOT NULL,
            updated_at DOUBLE PRECISION NOT NULL,
            last_sequence BIGINT NOT NULL,
            frame_count BIGINT NOT NULL,
            question_count BIGINT NOT NULL,
            duration_seconds DOUBLE PRECISION NOT NULL,
            details BYTEA NOT NULL,
            digest BYTEA,
            digest_sequence BIGINT
        );
        CREATE INDEX sessions_of_owner ON sessions (owner, number);
        CREATE INDEX sessions_by_change ON sessions (updated_at);
        CREATE TABLE entries (
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            sequence BIGINT NOT NULL,
            frame_timestamp DOUBLE PRECISION,
            entry BYTEA NOT NULL,
            reply BYTEA,
            PRIMARY KEY (session, sequence),
            UNIQUE (session, frame_timestamp)
        );
        CREATE TABLE probe (writes BIGINT NOT NULL);
        INSERT INTO probe VALUES (0);
        """
    ]

    private static func migrate(_ database: PostgreSQLConnection) throws {
        try database.transaction {
            // Of several services that start at once one does it, and the others wait.
            try database.run("SELECT pg_advisory_xact_lock(7210418)")
            try database.run("CREATE TABLE IF NOT EXISTS migrations (step BIGINT PRIMARY KEY)")
            let done: Int = try database.run("SELECT COUNT(*) FROM migrations", []).number(0, 0)
            guard done <= steps.count else {
                throw SessionStoreError.unusable("a newer version of the service wrote them")
            }
            for (index, step) in steps.enumerated().dropFirst(done) {
                try database.run(step)
                try database.run("INSERT INTO migrations VALUES ($1)", [.number(index)])
            }
        }
    }
}

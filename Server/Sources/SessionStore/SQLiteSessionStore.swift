#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
internal import GRDB
import NIOConcurrencyHelpers

/// Sessions in one SQLite file, which several processes of one machine may share.
///
/// The write-ahead log with `synchronous = FULL` is on the disk before a call returns. Deleted sessions are overwritten,
/// not only unlinked (`secure_delete`).
public struct SQLiteSessionStore: SessionStore {
    private let pool: DatabasePool
    private let busySeconds: Double
    private let log = LogState()

    /// Whether something that was deleted may still be in the write-ahead log, as it may be after a crash.
    private final class LogState: Sendable {
        private let state = NIOLockedValueBox(true)

        var isOwed: Bool {
            get { state.withLockedValue { $0 } }
            set { state.withLockedValue { $0 = newValue } }
        }
    }

    /// Opens the file, or makes it, and brings its tables up to date.
    ///
    /// - Parameter busySeconds: how long a call waits for another process that writes.
    /// - Throws: ``SessionStoreError``.
    public init(path: String, busySeconds: Double = 5) throws {
        self.busySeconds = busySeconds
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.label = "sessions"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
        }
        pool = try Self.translating {
            let pool = try DatabasePool(path: path, configuration: configuration)
            let migrator = Self.migrator
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw SessionStoreError.unusable("a newer version of the service wrote them")
            }
            try migrator.migrate(pool)
            return pool
        }
    }

    public func create(_ session: StoredSessionHeader, owner: String, limit: Int) async throws {
        try await write { database in
            let count = try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM sessions WHERE owner = ?", arguments: [owner])
            guard count ?? 0 < limit else { throw SessionStoreError.tooManySessions(limit: limit) }
            try database.execute(
                sql: """
                    INSERT INTO sessions (id, owner, title, started_at, created_at, updated_at, last_sequence,
                        frame_count, question_count, duration_seconds, details)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    session.id.uuidString, owner, session.title, session.startedAt, session.createdAt,
                    session.updatedAt, session.lastSequence, session.frameCount, session.questionCount,
                    session.durationSeconds, Data(session.details),
                ])
        }
    }

    public func header(of id: UUID, owner: String) async throws -> StoredSessionHeader {
        try await read { try Self.header(of: id, owner: owner, in: $0) }
    }

    public func headers(owner: String, after number: Int?, limit: Int) async throws -> [StoredSessionHeader] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT * FROM sessions WHERE owner = ? AND number < ? ORDER BY number DESC LIMIT ?",
                arguments: [owner, number ?? Int.max, limit])
            return try rows.map(StoredSessionHeader.init)
        }
    }

    public func entries(
        of id: UUID, owner: String, after sequence: Int
    ) async throws -> (header: StoredSessionHeader, entries: [StoredEntry]) {
        try await read { database in
            let header = try Self.header(of: id, owner: owner, in: database)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT sequence, frame_timestamp, entry FROM entries
                    WHERE session = ? AND sequence > ? ORDER BY sequence
                    """,
                arguments: [id.uuidString, sequence])
            let entries = rows.map { row in
                StoredEntry(
                    sequence: row["sequence"], frameTimestamp: row["frame_timestamp"],
                    json: [UInt8](row["entry"] as Data))
            }
            return (header, entries)
        }
    }

    public func reply(toFrameAt timestamp: Double, of id: UUID, owner: String) async throws -> [UInt8]? {
        try await read { database in
            _ = try Self.header(of: id, owner: owner, in: database)
            let reply = try Data.fetchOne(
                database,
                sql: "SELECT reply FROM entries WHERE session = ? AND frame_timestamp = ? AND reply IS NOT NULL",
                arguments: [id.uuidString, timestamp])
            return reply.map { [UInt8]($0) }
        }
    }

    public func append(_ batch: EntryBatch, to id: UUID, owner: String) async throws {
        try await write { database in
            let header = try Self.header(of: id, owner: owner, in: database)
            guard header.lastSequence == batch.expectedSequence else {
                throw SessionStoreError.changed(sequence: header.lastSequence)
            }
            let insertion = try database.cachedStatement(
                sql: "INSERT INTO entries (session, sequence, frame_timestamp, entry, reply) VALUES (?, ?, ?, ?, ?)")
            for (offset, entry) in batch.entries.enumerated() {
                try insertion.execute(arguments: [
                    id.uuidString, header.lastSequence + 1 + offset, entry.frameTimestamp, Data(entry.json),
                    entry.reply.map { Data($0) },
                ])
            }
            let last = header.lastSequence + batch.entries.count
            try database.execute(
                sql: """
                    UPDATE entries SET reply = NULL
                    WHERE session = ? AND sequence > ? AND sequence <= ? AND reply IS NOT NULL
                    """,
                arguments: [id.uuidString, header.lastSequence - keptReplies, last - keptReplies])
            try database.execute(
                sql: """
                    UPDATE sessions SET last_sequence = ?, frame_count = ?, question_count = ?, duration_seconds = ?,
                        updated_at = MAX(updated_at, ?) WHERE id = ?
                    """,
                arguments: [
                    last, batch.frameCount, batch.questionCount, batch.durationSeconds, batch.updatedAt,
                    id.uuidString,
                ])
        }
    }

    public func keep(_ digest: StoredSessionHeader.Digest, of id: UUID, owner: String) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE sessions SET digest = ?, digest_sequence = ?
                    WHERE id = ? AND owner = ? AND (digest_sequence IS NULL OR digest_sequence < ?)
                    """,
                arguments: [Data(digest.json), digest.sequence, id.uuidString, owner, digest.sequence])
        }
    }

    public func delete(_ id: UUID, owner: String) async throws {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM sessions WHERE id = ? AND owner = ?", arguments: [id.uuidString, owner])
            guard database.changesCount == 1 else { throw SessionStoreError.noSuchSession }
        }
        try await emptyLog()
    }

    public func deleteAll(owner: String) async throws -> Int {
        let count = try await write { database in
            try database.execute(sql: "DELETE FROM sessions WHERE owner = ?", arguments: [owner])
            return database.changesCount
        }
        if count > 0 { try await emptyLog() }
        return count
    }

    public func purge(unchangedSince time: Double) async throws -> Int {
        let count = try await write { database in
            try database.execute(sql: "DELETE FROM sessions WHERE updated_at < ?", arguments: [time])
            return database.changesCount
        }
        if count > 0 { try await emptyLog() }
        return count
    }

    public func check() async throws {
        try await write { database in
            try database.execute(sql: "UPDATE probe SET writes = writes + 1")
        }
    }

    public func finishDeletions() async throws { if log.isOwed { try await emptyLog() } }

    public func close() async throws { try Self.translating { try pool.close() } }

    /// Moves the write-ahead log into the file and cuts it, so that what was deleted is not in the log either.
    ///
    /// A reader that is busy may keep it until ``finishDeletions()``; that is no failure of the deletion. It is waited for
    /// a moment only: writing stands still meanwhile.
    private func emptyLog() async throws {
        log.isOwed = true
        do {
            // In this order: a deletion that comes behind the checkpoint finds the log owed again.
            try await pool.writeWithoutTransaction { [log, busySeconds] database in
                try database.execute(sql: "PRAGMA busy_timeout = 250")
                defer { try? database.execute(sql: "PRAGMA busy_timeout = \(Int(busySeconds * 1_000))") }
                _ = try database.checkpoint(.truncate)
                log.isOwed = false
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        {
            return
        } catch let error as DatabaseError {
            throw SessionStoreError(error)
        }
    }

    private static func header(of id: UUID, owner: String, in database: Database) throws -> StoredSessionHeader {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM sessions WHERE id = ? AND owner = ?", arguments: [id.uuidString, owner])
        guard let row else { throw SessionStoreError.noSuchSession }
        return try StoredSessionHeader(row)
    }

    private func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await pool.read(body) } catch let error as DatabaseError { throw SessionStoreError(error) }
    }

    @discardableResult
    private func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await pool.write(body) } catch let error as DatabaseError { throw SessionStoreError(error) }
    }

    private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError { throw SessionStoreError(error) }
    }
}

extension SessionStoreError {
    /// What SQLite says, without the statement and its values.
    fileprivate init(_ error: DatabaseError) {
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .full
            case .SQLITE_BUSY, .SQLITE_LOCKED: .unavailable("another process is writing")
            case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOMEM: .unavailable(error.message ?? "SQLite failed")
            default: .unusable(error.message ?? "SQLite failed")
            }
    }
}

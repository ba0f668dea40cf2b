#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
internal import GRDB

extension SQLiteSessionStore {
    /// The tables, in the steps in which they came to be; a step that was published never changes.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sessions and entries") { database in
            try database.execute(
                sql: """
                    CREATE TABLE sessions (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        owner TEXT NOT NULL,
                        title TEXT,
                        started_at TEXT NOT NULL,
                        created_at REAL NOT NULL,
                        updated_at REAL NOT NULL,
                        last_sequence INTEGER NOT NULL,
                        frame_count INTEGER NOT NULL,
                        question_count INTEGER NOT NULL,
                        duration_seconds REAL NOT NULL,
                        details BLOB NOT NULL,
                        digest BLOB,
                        digest_sequence INTEGER
                    );
                    CREATE INDEX sessions_of_owner ON sessions (owner, number);
                    CREATE INDEX sessions_by_change ON sessions (updated_at);
                    CREATE TABLE entries (
                        session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                        sequence INTEGER NOT NULL,
                        frame_timestamp REAL,
                        entry BLOB NOT NULL,
                        reply BLOB,
                        PRIMARY KEY (session, sequence)
                    ) WITHOUT ROWID;
                    CREATE UNIQUE INDEX frames_of_session ON entries (session, frame_timestamp)
                        WHERE frame_timestamp IS NOT NULL;
                    CREATE TABLE probe (writes INTEGER NOT NULL);
                    INSERT INTO probe VALUES (0);
                    """)
        }
        return migrator
    }
}

extension StoredSessionHeader {
    init(_ row: Row) throws {
        guard let id = UUID(uuidString: row["id"]) else { throw SessionStoreError.unusable("a session without an id") }
        let digest = row["digest"] as Data?
        let sequence = row["digest_sequence"] as Int?
        self.init(
            id: id, title: row["title"], startedAt: row["started_at"], createdAt: row["created_at"],
            updatedAt: row["updated_at"], details: [UInt8](row["details"] as Data))
        number = row["number"]
        lastSequence = row["last_sequence"]
        frameCount = row["frame_count"]
        questionCount = row["question_count"]
        durationSeconds = row["duration_seconds"]
        self.digest = digest.flatMap { json in sequence.map { Digest(json: [UInt8](json), sequence: $0) } }
    }
}

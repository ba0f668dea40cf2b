#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What is kept of a session beside its entries.
public struct StoredSessionHeader: Sendable, Hashable {
    public let id: UUID
    /// Its place among all sessions in the order in which they were begun, which the store gives it; 0 before.
    public var number = 0
    public var title: String?
    /// ISO 8601 with the offset, as the client gave it.
    public var startedAt: String
    /// Seconds since 1970 by the clock of the machine that wrote it.
    public var createdAt: Double
    public var updatedAt: Double
    /// Number of the latest entry; 0 for none.
    public var lastSequence = 0
    public var frameCount = 0
    public var questionCount = 0
    /// Time of the latest frame in seconds since the session began.
    public var durationSeconds = 0.0
    /// JSON that the service keeps with the session and never changes, such as its model.
    public let details: [UInt8]
    /// JSON of the session in short, and up to which entry it is true; nil where it was never made.
    public var digest: Digest?

    /// A session in short, so that a list of sessions need not read their entries.
    public struct Digest: Sendable, Hashable {
        public var json: [UInt8]
        public var sequence: Int

        public init(json: [UInt8], sequence: Int) {
            (self.json, self.sequence) = (json, sequence)
        }
    }

    /// A session that has no entry yet.
    public init(
        id: UUID, title: String?, startedAt: String, createdAt: Double, updatedAt: Double, details: [UInt8]
    ) {
        self.id = id
        self.title = title
        self.startedAt = startedAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.details = details
    }
}

/// One thing that happened in a session, as JSON.
public struct StoredEntry: Sendable, Hashable {
    /// Numbers the session's entries from 1, without gaps.
    public let sequence: Int
    /// Time of the frame in seconds since the session began; nil for what is no frame.
    public let frameTimestamp: Double?
    public let json: [UInt8]

    public init(sequence: Int, frameTimestamp: Double?, json: [UInt8]) {
        self.sequence = sequence
        self.frameTimestamp = frameTimestamp
        self.json = json
    }
}

/// Entries that are to be added to a session, all or none.
public struct EntryBatch: Sendable {
    /// An entry that has no number yet.
    public struct Entry: Sendable {
        public let frameTimestamp: Double?
        public let json: [UInt8]
        /// What the client was answered to a frame, for the case that the answer is lost; kept for the latest frames.
        public let reply: [UInt8]?

        public init(frameTimestamp: Double? = nil, json: [UInt8], reply: [UInt8]? = nil) {
            self.frameTimestamp = frameTimestamp
            self.json = json
            self.reply = reply
        }
    }

    public var entries: [Entry]
    /// The session as it was when the entries were made.
    public var expectedSequence: Int
    /// What the header says once they are there.
    public var frameCount: Int
    public var questionCount: Int
    public var durationSeconds: Double
    public var updatedAt: Double

    public init(
        entries: [Entry], expectedSequence: Int, frameCount: Int, questionCount: Int, durationSeconds: Double,
        updatedAt: Double
    ) {
        self.entries = entries
        self.expectedSequence = expectedSequence
        self.frameCount = frameCount
        self.questionCount = questionCount
        self.durationSeconds = durationSeconds
        self.updatedAt = updatedAt
    }
}

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where sessions are kept: headers and numbered entries, each session with an owner who alone sees it.
///
/// What a call has stored when it returns survives a crash of the process and of the machine. Calls may come from any
/// task, and from several processes where the implementation says so; writers of one session find out about each other
/// by ``EntryBatch/expectedSequence``.
public protocol SessionStore: Sendable {
    /// Stores a new session, unless its owner has `limit` of them already.
    ///
    /// - Throws: ``SessionStoreError/tooManySessions(limit:)``.
    func create(_ session: StoredSessionHeader, owner: String, limit: Int) async throws

    /// - Throws: ``SessionStoreError/noSuchSession``, also for a session of somebody else.
    func header(of id: UUID, owner: String) async throws -> StoredSessionHeader

    /// The sessions of an owner, the newest first.
    ///
    /// - Parameter number: of the session after which the list goes on, be it still there or not; nil for the newest.
    func headers(owner: String, after number: Int?, limit: Int) async throws -> [StoredSessionHeader]

    /// The header of a session with its entries whose number is above `sequence`, as they were at one moment.
    ///
    /// - Throws: ``SessionStoreError/noSuchSession``.
    func entries(
        of id: UUID, owner: String, after sequence: Int
    ) async throws -> (header: StoredSessionHeader, entries: [StoredEntry])

    /// What was answered to the frame of exactly this time; nil where there is no such frame, or no longer its answer.
    ///
    /// - Throws: ``SessionStoreError/noSuchSession``.
    func reply(toFrameAt timestamp: Double, of id: UUID, owner: String) async throws -> [UInt8]?

    /// Adds entries to a session, all or none.
    ///
    /// - Throws: ``SessionStoreError/changed(sequence:)`` where others were added since `batch.expectedSequence`;
    ///   ``SessionStoreError/noSuchSession``.
    func append(_ batch: EntryBatch, to id: UUID, owner: String) async throws

    /// Keeps the session in short; a digest that is older than the one there is dropped.
    func keep(_ digest: StoredSessionHeader.Digest, of id: UUID, owner: String) async throws

    /// - Throws: ``SessionStoreError/noSuchSession``.
    func delete(_ id: UUID, owner: String) async throws

    /// Deletes every session of an owner.
    ///
    /// - Returns: how many there were.
    func deleteAll(owner: String) async throws -> Int

    /// Deletes every session to which nothing was added since `time`, in seconds since 1970, whoever owns it.
    ///
    /// - Returns: how many there were.
    func purge(unchangedSince time: Double) async throws -> Int

    /// That the store can be read and written now.
    func check() async throws

    /// Tries again to remove the last traces of what was deleted, where something still held them.
    func finishDeletions() async throws

    /// Lets go of files and connections; nothing is asked of the store afterwards.
    func close() async throws
}

/// Why a store did not do what it was asked for. Nothing of a failed call is stored, but for ``unavailable(_:)``, where
/// that is not known.
public enum SessionStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    case noSuchSession
    case tooManySessions(limit: Int)
    /// Somebody else added to the session; `sequence` is its latest entry's number now.
    case changed(sequence: Int)
    /// No room is left.
    case full
    /// Another process holds the store for too long, or the server is not to be reached; trying again may help.
    case unavailable(String)
    /// The store is damaged, read-only or was written by a newer version.
    case unusable(String)

    public var description: String {
        switch self {
        case .noSuchSession: "there is no such session"
        case .tooManySessions(let limit): "there are \(limit) sessions already, which is the limit"
        case .changed(let sequence): "somebody else added entry \(sequence) to the session"
        case .full: "the disk is full"
        case .unavailable(let reason): "the sessions cannot be reached now: \(reason)"
        case .unusable(let reason): "the sessions cannot be used: \(reason)"
        }
    }
}

/// Answers to a session's frames are kept for so many of its latest entries.
package let keptReplies = 128

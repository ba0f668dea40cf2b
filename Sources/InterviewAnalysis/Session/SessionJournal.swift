#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file in which a running session is recorded, a line of JSON for each thing that happens.
///
/// It is only ever appended to, each entry by one `write`, so a process that is killed at any moment leaves at most one
/// torn line at the end, which ``RecoveredSession`` drops. What a kill cannot take, a power cut can: see
/// ``Durability``. The file can be read by its owner alone.
public final class SessionJournal {
    public let path: String
    private let durability: Durability
    private var descriptor: Int32
    /// Bytes of whole lines in the file.
    private var size: Int
    private var entriesSinceSync = 0

    /// When entries are forced onto the disk. Without it they survive the end of the process, not that of the machine.
    public enum Durability: Sendable, Hashable {
        /// After each entry: nothing is lost in a power cut; costs a disk flush a frame.
        case everyEntry
        /// After this many entries, which a power cut may then take.
        case every(entries: Int)
        /// When the system sees fit, and when the journal is closed.
        case onClose
    }

    /// Begins a new journal.
    ///
    /// - Throws: ``SessionError/unwritable(path:reason:)``, also where a file of that name exists.
    public convenience init(
        creating path: String, configuration: AnalyzerConfiguration, details: SessionDetails = SessionDetails(),
        durability: Durability = .every(entries: 30)
    ) throws(SessionError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: SystemWords.reason(errno)) }
        try self.init(
            writingTo: descriptor, path: path, configuration: configuration, details: details, durability: durability)
    }

    /// Begins a new journal in an open and empty file.
    ///
    /// - Parameters:
    ///   - descriptor: open for appending; closed with the journal.
    ///   - path: the file's name, for messages.
    public init(
        writingTo descriptor: Int32, path: String, configuration: AnalyzerConfiguration,
        details: SessionDetails = SessionDetails(), durability: Durability = .every(entries: 30)
    ) throws(SessionError) {
        self.path = path
        self.durability = durability
        self.descriptor = descriptor
        size = 0
        try append(line: JournalLine.encode(JournalHeader(configuration: configuration, details: details)))
        try synchronize()
    }

    /// Goes on with a journal whose recording was cut off; a torn last line is removed.
    ///
    /// - Parameter session: what was recovered from the same path.
    /// - Throws: ``SessionError/unwritable(path:reason:)``, also where the journal was begun in an older layout: its lines
    ///   and new ones would not go together.
    public init(resuming session: RecoveredSession, durability: Durability = .every(entries: 30)) throws(SessionError) {
        path = session.path
        self.durability = durability
        size = session.intactBytes
        descriptor = -1
        guard session.schemaVersion == SessionRecord.currentSchemaVersion else {
            throw .unwritable(path: path, reason: "it was begun in an older layout, version \(session.schemaVersion)")
        }
        descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0, ftruncate(descriptor, off_t(size)) == 0 else {
            throw .unwritable(path: path, reason: SystemWords.reason(errno))
        }
    }

    deinit { if descriptor >= 0 { _ = close(descriptor) } }

    /// Records what happened.
    ///
    /// Where the disk is full the journal stays whole: what was written of the entry is taken back.
    public func append(_ entry: SessionEntry) throws(SessionError) {
        try append(line: JournalLine.encode(entry))
        entriesSinceSync += 1
        switch durability {
        case .everyEntry: try synchronize()
        case .every(let entries): if entriesSinceSync >= entries { try synchronize() }
        case .onClose: break
        }
    }

    /// Notes that the recording has come to its end, forces everything onto the disk and closes the journal.
    ///
    /// Without this note a journal is that of a recording that was cut off, wherever its last line ends.
    /// - Parameter endedEarly: whether something else than the plan ended it.
    public func finish(endedEarly: Bool) throws(SessionError) {
        try append(line: JournalLine.encode(JournalEnd(end: .init(early: endedEarly))))
        try finish()
    }

    /// Forces everything onto the disk and closes the journal, which may be gone on with.
    public func finish() throws(SessionError) {
        try synchronize()
        _ = close(descriptor)
        descriptor = -1
    }

    private func append(line: [UInt8]) throws(SessionError) {
        guard descriptor >= 0 else { throw .journalClosed(path: path) }
        var rest = line[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if written == 0 || errno != EINTR {
                throw takeBack(reason: SystemWords.reason(errno))
            }
        }
        size += line.count
    }

    /// Removes the half-written line; where even that fails no entry may follow it.
    private func takeBack(reason: String) -> SessionError {
        if ftruncate(descriptor, off_t(size)) != 0 {
            _ = close(descriptor)
            descriptor = -1
        }
        return .unwritable(path: path, reason: reason)
    }

    private func synchronize() throws(SessionError) {
        guard descriptor >= 0 else { throw .journalClosed(path: path) }
        guard fsync(descriptor) == 0 else {
            throw .unwritable(path: path, reason: SystemWords.reason(errno))
        }
        entriesSinceSync = 0
    }
}

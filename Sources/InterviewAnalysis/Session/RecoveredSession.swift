/// What a journal holds, read back after the recording ended or was cut off.
public struct RecoveredSession: Sendable {
    public let path: String
    /// Told everything that the journal holds; it can go on.
    public let analyzer: InterviewEmotionAnalyzer
    public let details: SessionDetails
    /// The layout of the journal's lines.
    package let schemaVersion: Int
    /// Whether the recording came to its end; journals of the first layout do not say so of one that was cut off.
    public let isClosed: Bool
    /// Length of the whole lines but the one that says that this is the end.
    package let intactBytes: Int
    /// Length of the torn line at the end that was dropped; 0 where the recording was not cut off in a write.
    public let tornBytes: Int

    /// Reads a journal; what follows the last line feed is a torn line and is dropped.
    ///
    /// - Parameter clock: for a session that goes on; see ``InterviewEmotionAnalyzer``.
    /// - Throws: ``SessionError``: a whole line that is no entry is damage, not a cut-off write, and is not passed over.
    public init(
        journal path: String, clock: @escaping @Sendable () -> Double = SessionClock.started()
    ) throws(SessionError) {
        try self.init(bytes: SessionFile.read(path), path: path, clock: clock)
    }

    init(bytes: [UInt8], path: String, clock: @escaping @Sendable () -> Double) throws(SessionError) {
        guard let lastEnd = bytes.lastIndex(of: JournalLine.end) else { throw .emptyJournal(path: path) }
        let lines = bytes[..<lastEnd].split(separator: JournalLine.end, omittingEmptySubsequences: false)
        let version = try JournalLine.decode(SchemaVersion.self, from: lines[0], number: 1)
        try SchemaVersion.check(version.schemaVersion)
        let header = try JournalHeader(line: lines[0], schemaVersion: version.schemaVersion)
        try header.configuration.checkField()
        // A journal of the first layout is told by its version, not by its rules.
        let sameRules =
            version.schemaVersion == FirstSchema.version || header.rulesVersion == SessionRecord.currentRulesVersion
        var analyzer = InterviewEmotionAnalyzer(configuration: header.configuration, clock: clock)
        var entries = lines.dropFirst()
        let ending = entries.last.flatMap { try? JournalLine.decode(JournalEnd.self, from: $0, number: lines.count) }
        let endingBytes = ending == nil ? 0 : (entries.popLast()?.count ?? 0) + 1
        for (index, line) in entries.enumerated() {
            var entry = try JournalLine.entry(from: line, number: index + 2, schemaVersion: version.schemaVersion)
            if !sameRules, case .frame(let frame) = entry {
                entry = .frame(EarlierRules.current(frame, of: header.rulesVersion))
            }
            do throws(AnalyzerError) {
                try analyzer.replay(entry)
            } catch {
                throw .malformedLine(number: index + 2, reason: error.description)
            }
            if case .frame(let stored) = entry, let derived = analyzer.frames.last {
                try derived.checkScores(of: stored, at: "line \(index + 2)", sameRules: sameRules)
            }
        }
        self.path = path
        self.analyzer = analyzer
        var details = header.details
        if ending?.end.early == true { details.endedEarly = true }
        self.details = details
        schemaVersion = version.schemaVersion
        intactBytes = lastEnd + 1 - endingBytes
        tornBytes = bytes.count - (lastEnd + 1)
        isClosed = tornBytes == 0 && (ending != nil || version.schemaVersion == FirstSchema.version)
    }
}

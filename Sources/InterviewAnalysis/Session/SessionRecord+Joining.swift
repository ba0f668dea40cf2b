extension SessionRecord {
    /// The session up to a time and from it on, each scored on its own.
    ///
    /// Questions go with the part in which they begin. Times are not shifted, so the parts can be joined again.
    public func split(at timestamp: Double) throws(AnalyzerError) -> (before: SessionRecord, after: SessionRecord) {
        var parts = [
            InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 }),
            InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 }),
        ]
        for entry in SessionEntry.merged(frames: frames, missed: missed) {
            try parts[(entry.timestamp ?? 0) < timestamp ? 0 : 1].replay(entry)
        }
        for question in questions { parts[question.start < timestamp ? 0 : 1].mark(question) }
        return (SessionRecord(of: parts[0], details: details), SessionRecord(of: parts[1], details: details))
    }

    /// This session followed by a later part of it, scored as one: the rolling windows run on across the seam.
    ///
    /// The configuration and details are this record's.
    /// - Throws: ``AnalyzerError/timestampNotRising(previous:given:)`` where `later` does not begin after the end.
    public func joined(with later: SessionRecord) throws(AnalyzerError) -> SessionRecord {
        var whole = try replayed()
        for entry in SessionEntry.merged(frames: later.frames, missed: later.missed) { try whole.replay(entry) }
        for question in later.questions { whole.mark(question) }
        return SessionRecord(of: whole, details: details)
    }
}

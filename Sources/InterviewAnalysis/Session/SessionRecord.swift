public import VoiceAnalysis

/// A whole session as it lies on disk: what was measured, how, and what it comes to.
///
/// The probabilities are kept as the classifier gave them, with the configuration, so that every score can be derived
/// again: see ``replayed()``. Its JSON obeys `Docs/session.schema.json`.
public struct SessionRecord: Codable, Sendable, Hashable {
    /// The version of the layout it has when it is written. A record that was read from an older one has today's.
    public let schemaVersion: Int
    /// The version of the rules that made ``summary`` when it was written. A record that was read has today's.
    public let rulesVersion: Int
    public var details: SessionDetails
    public let configuration: AnalyzerConfiguration
    public let questions: [QuestionMarker]
    public let frames: [FrameData]
    public let missed: [MissedFrame]
    public let summary: SessionSummary
    /// What was measured of the recording's sound, on the session's clock; nil where there is none or nobody asked for it.
    public var voice: VoiceMeasurements?
    /// What acted emotions it sounds like, on the same clock; nil without ``voice``, where nobody speaks, and where no model was
    /// there.
    public var voiceEmotions: VoiceEmotions?

    /// The layout this version of the package writes.
    package static let currentSchemaVersion = 3
    /// The rules by which this version of the package sums up: raised with every change of what a summary says of the same
    /// frames, so that sessions of older rules are still read. The layout itself does not change with them.
    package static let currentRulesVersion = 4
    /// The layouts it reads.
    package static let readableSchemaVersions = 1...currentSchemaVersion

    /// What the analyzer holds at this moment.
    public init(of analyzer: InterviewEmotionAnalyzer, details: SessionDetails = SessionDetails()) {
        schemaVersion = Self.currentSchemaVersion
        rulesVersion = Self.currentRulesVersion
        self.details = details
        configuration = analyzer.configuration
        questions = analyzer.questions
        frames = analyzer.frames
        missed = analyzer.missed
        summary = analyzer.summary()
    }

    /// An analyzer that was told everything again: its scores come from the stored probabilities alone.
    ///
    /// - Throws: ``AnalyzerError`` where the record holds what no analyzer accepts.
    public func replayed() throws(AnalyzerError) -> InterviewEmotionAnalyzer {
        var analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        for entry in SessionEntry.merged(frames: frames, missed: missed) { try analyzer.replay(entry) }
        for question in questions { analyzer.mark(question) }
        return analyzer
    }

    enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case rulesVersion = "rules_version"
        case details, configuration, questions, frames, missed, summary, voice
        case voiceEmotions = "voice_emotions"
    }
}

extension InterviewEmotionAnalyzer {
    /// Takes in what another analyzer recorded; scores are computed anew.
    public mutating func replay(_ entry: SessionEntry) throws(AnalyzerError) {
        switch entry {
        case .frame(let frame): try add(frame.observation, frame: frame.frame, at: frame.timestamp)
        case .missed(let missed):
            try addMissed(
                missed.reason, movements: missed.movements, frame: missed.frame, at: missed.timestamp)
        case .question(let question): mark(question)
        }
    }
}

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

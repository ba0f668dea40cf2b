import VoiceAnalysis

/// Sessions of today's layout whose summary was made by other rules than today's.
///
/// Rules change more often than the layout: a limit that is chosen better, an event that is told more exactly. What such a
/// session measured is as good as ever, so it is read and summed up anew; of its old summary only the score is compared,
/// which is the mean of the frames by all rules.
enum EarlierRules {
    /// Sessions from before rules had a version.
    private static let firstVersion = 1

    /// The key that says which rules made the summary.
    struct Version: Decodable {
        let rulesVersion: Int

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            rulesVersion = try container.decodeIfPresent(Int.self, forKey: .rulesVersion) ?? firstVersion
        }

        enum CodingKeys: String, CodingKey {
            case rulesVersion = "rules_version"
        }
    }

    /// From these rules on the motion of a face is measured as it is today; before, it was that since the frame before.
    private static let motionVersion = 2

    /// A frame without what is measured in another way today.
    ///
    /// - Parameter rulesVersion: of the session that it comes from; nil where that has none.
    static func current(_ frame: FrameData, of rulesVersion: Int?) -> FrameData {
        let known = motionVersion...SessionRecord.currentRulesVersion
        guard !known.contains(rulesVersion ?? firstVersion) else { return frame }
        var observation = frame.observation
        observation.signals[FrameSignal.faceMotion] = nil
        return FrameData(
            frame: frame.frame, timestamp: frame.timestamp, observation: observation,
            confidenceScore: frame.confidenceScore, smoothedConfidence: frame.smoothedConfidence)
    }

    /// A session file.
    struct Record: Decodable {
        let rulesVersion: Int?
        let details: SessionDetails
        let configuration: AnalyzerConfiguration
        let questions: [QuestionMarker]
        let frames: [FrameData]
        let missed: [MissedFrame]
        let summary: FirstSchema.Summary
        let voice: VoiceMeasurements?
        let voiceEmotions: VoiceEmotions?

        enum CodingKeys: String, CodingKey {
            case rulesVersion = "rules_version"
            case details, configuration, questions, frames, missed, summary, voice
            case voiceEmotions = "voice_emotions"
        }
    }
}

extension SessionRecord {
    /// Sums a session of other rules up by today's.
    init(_ old: EarlierRules.Record) throws(SessionError) {
        try old.configuration.checkField()
        try old.details.check()
        try old.questions.check()
        var analyzer = InterviewEmotionAnalyzer(configuration: old.configuration, clock: { 0 })
        try analyzer.replayChecking(
            frames: old.frames.map { EarlierRules.current($0, of: old.rulesVersion) }, missed: old.missed,
            sameRules: false)
        for question in old.questions { analyzer.mark(question) }
        self.init(of: analyzer, details: old.details)
        try old.voice?.check()
        try old.voiceEmotions?.check(duration: old.voice?.duration)
        (voice, voiceEmotions) = (old.voice, old.voiceEmotions)
        try checkScore(stored: old.summary)
    }

    /// That the score of a stored summary is the mean of the frames.
    func checkScore(stored: FirstSchema.Summary) throws(SessionError) {
        let (stored, derived) = (stored.score.value, summary.score.value)
        guard (stored == nil) == (derived == nil), abs((stored ?? 0) - (derived ?? 0)) <= Self.tolerance else {
            throw .impossible(field: "summary.score.value", reason: "it is not the mean score of the frames")
        }
    }
}

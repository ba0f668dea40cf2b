public import Emotions

/// How one question went.
public struct QuestionScore: Codable, Sendable, Hashable {
    public let label: String
    public let start: Double
    public let end: Double
    public let score: CoveredScore
    /// Of its frames in order; nil without any.
    public let stability: Stability?
    /// Mean probabilities over its frames; nil without any.
    public let emotions: EmotionScores?
    /// Stress events that began in it.
    public let stressEvents: Int

    enum CodingKeys: String, CodingKey {
        case label, start, end, score, stability, emotions
        case stressEvents = "stress_events"
    }
}

extension QuestionScore {
    /// One score a question, in the order of time; a question that begins after the session's end was not asked in it and
    /// has none.
    ///
    /// - Parameter end: of the session, in seconds.
    static func scores(
        for questions: [QuestionMarker], frames: [FrameData], missed: [MissedFrame], events: [StressEvent], end: Double,
        configuration: AnalyzerConfiguration
    ) -> [QuestionScore] {
        let sorted = questions.filter { $0.start <= end }.sorted { $0.start < $1.start }
        return sorted.indices.map { index in
            let question = sorted[index]
            let next = index + 1 < sorted.count ? sorted[index + 1].start : end.nextUp
            let stop = min(question.end ?? next, next)
            let inside = frames.between(question.start, stop, time: \.timestamp)
            let scored = inside.filter { $0.counts(in: configuration) }
            let scores = scored.map(\.confidenceScore)
            let coverage = Coverage(
                of: inside, missed: missed.between(question.start, stop, time: \.timestamp),
                scoresFallback: configuration.scoresFallback)
            return QuestionScore(
                label: question.label, start: question.start, end: max(question.start, min(stop, end)),
                score: CoveredScore(
                    of: scored, coverage: coverage, minimumCoverage: configuration.minimumCoverage),
                stability: scores.isEmpty ? nil : Stability(of: scores),
                emotions: EmotionScores.mean(of: scored.map(\.emotions)),
                stressEvents: events.count { $0.onset >= question.start && $0.onset < stop })
        }
    }
}

/// Where a question of the interview begins, and where its answer ends if that is known.
public struct QuestionMarker: Codable, Sendable, Hashable {
    public let label: String
    /// Seconds since the session began.
    public let start: Double
    /// Nil: until the next question, or the end of the session.
    public let end: Double?

    public init(label: String, start: Double, end: Double? = nil) {
        self.label = label
        self.start = start
        self.end = end
    }
}

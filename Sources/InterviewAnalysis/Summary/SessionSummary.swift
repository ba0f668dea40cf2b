public import Emotions

/// What a session comes to: figures, parts, events, and what to work on.
public struct SessionSummary: Codable, Sendable, Hashable {
    /// Time of the last frame, scored or not.
    public let durationSeconds: Double
    /// The mean confidence with its coverage.
    public let score: CoveredScore
    /// Nil without a scored frame.
    public let confidence: ConfidenceStatistics?
    /// Of the course that is steadied against speech, see ``TimeSeries/course``; nil without a scored frame.
    public let steadied: ConfidenceStatistics?
    /// A sudden drop that is shorter may be missed, in seconds: too few frames fall into it. Nil for fewer than two frames.
    public let shortestDropSeconds: Double?
    /// Whether the face moved at all.
    public let stillness: Stillness
    /// Over all scored frames; nil without one.
    public let stability: Stability?
    /// Mean probabilities over all scored frames; nil without one.
    public let emotions: EmotionScores?
    /// How many scored frames showed each expression most strongly, by name.
    public let dominantCounts: [String: Int]
    /// How many of them were too unsure to be named, see ``UncertaintyRule``.
    public let uncertainCount: Int
    public let segments: SessionSegments
    public let questions: [QuestionScore]
    /// Sudden drops as the original finds them.
    public let stressSpikes: [StressSpike]
    public let stress: StressFinding
    /// The part of the looked-at frames that was searched for sudden drops, 0…1: those with a score and, without a break,
    /// enough frames before them to tell the usual level.
    public let judgedShare: Double
    public let gaps: [CoverageGap]
    /// What the score is made of; nil without a scored frame.
    public let explanation: ScoreExplanation?
    /// What the face did, counted; nil where no face mesh was located.
    public let movements: MovementSummary?
    public let strengths: [Finding]
    public let improvementAreas: [Finding]
    public let timeSeries: TimeSeries

    /// Whether enough of the session was searched to say that it has no sudden drop.
    var isJudged: Bool { judgedShare >= FindingRules.leastJudgedShare }

    /// Whether the steadied score never lay as far below the person's usual level as a sudden drop is deep at least; a
    /// face that falls far all the time has no sudden drops, and yet it falls.
    var staysNearItsLevel: Bool {
        steadied.map(FindingRules.staysNearItsLevel) ?? false
    }

    enum CodingKeys: String, CodingKey {
        case durationSeconds = "duration_seconds"
        case confidence = "confidence_score"
        case score, steadied
        case shortestDropSeconds = "shortest_drop_seconds"
        case stillness, stability, emotions
        case dominantCounts = "dominant_counts"
        case uncertainCount = "uncertain_count"
        case segments, questions
        case stressSpikes = "stress_spikes"
        case stress
        case judgedShare = "judged_share"
        case gaps, explanation, movements, strengths
        case improvementAreas = "improvement_areas"
        case timeSeries = "time_series"
    }
}

extension InterviewEmotionAnalyzer {
    /// Everything about the session so far.
    ///
    /// - Complexity: O(frames · log frames), the median's sort; 86,400 frames take well under a second.
    public func summary() -> SessionSummary {
        let scored = frames.filter { $0.counts(in: configuration) }
        let scores = scored.map(\.confidenceScore)
        let fallback = configuration.scoresFallback
        let score = CoveredScore(
            of: scored, coverage: Coverage(of: frames, missed: missed, scoresFallback: fallback),
            minimumCoverage: configuration.minimumCoverage)
        let gaps = CoverageGap.gaps(in: frames, missed: missed, scoresFallback: fallback)
        let runs = scored.runs(gaps: gaps, maximumSeconds: configuration.stress.maximumGapSeconds)
        let course = ScoreCourse(of: scored, runs: runs, configuration: configuration.stress).values
        var (stress, judgedFrames) = (StressFinding.notEnoughData, 0)
        if !score.isWithheld { (stress, judgedFrames) = stressFinding(in: scored, course: course, runs: runs) }
        let drops = DropSearch(
            finding: stress,
            judgedShare: score.coverage.share * Double(judgedFrames) / Double(max(1, scored.count)),
            shortestSeconds: configuration.stress.shortestDrop(in: scored))
        let end = max(frames.last?.timestamp ?? 0, missed.last?.timestamp ?? 0)
        let findings = FindingRules(
            scored: scored, score: score, steadied: ConfidenceStatistics(of: course), stillness: Stillness(of: scored),
            segments: score.isWithheld ? SessionSegments() : segments(of: scored), drops: drops)
        let questionScores = QuestionScore.scores(
            for: questions, frames: frames, missed: missed, events: stress.events, end: end,
            configuration: configuration)
        return SessionSummary(
            durationSeconds: end, score: score, confidence: ConfidenceStatistics(of: scores),
            steadied: findings.steadied, shortestDropSeconds: drops.shortestSeconds, stillness: findings.stillness,
            stability: scores.isEmpty ? nil : Stability(of: scores), emotions: findings.emotions,
            dominantCounts: scored.reduce(into: [:]) { $0[$1.dominantEmotion.rawValue, default: 0] += 1 },
            uncertainCount: scored.count { configuration.uncertainty.answer(for: $0.emotions) == .uncertain },
            segments: findings.segments,
            questions: questionScores,
            stressSpikes: stressSpikes, stress: stress, judgedShare: drops.judgedShare, gaps: gaps,
            explanation: ScoreExplanation(of: scored, profile: configuration.restingFace),
            movements: MovementSummary(
                scored: scored, missed: missed, duration: end, stress: stress, questions: questionScores),
            strengths: findings.strengths, improvementAreas: findings.improvementAreas,
            timeSeries: TimeSeries(of: scored, course: course))
    }

    private func segments(of scored: [FrameData]) -> SessionSegments {
        SessionSegments(of: scored, minimumCoverage: configuration.minimumCoverage) { start, end in
            Coverage(
                of: frames.between(start, end.nextUp, time: \.timestamp),
                missed: missed.between(start, end.nextUp, time: \.timestamp),
                scoresFallback: configuration.scoresFallback)
        }
    }

    private func stressFinding(
        in scored: [FrameData], course: [Double], runs: [Range<Int>]
    ) -> (finding: StressFinding, judgedFrames: Int) {
        var detector = StressEventDetector(frames: scored, course: course, configuration: configuration.stress)
        let marks = questions.flatMap { [$0.start] + ($0.end.map { [$0] } ?? []) }.sorted()
        return detector.finding(in: runs, marks: marks)
    }
}

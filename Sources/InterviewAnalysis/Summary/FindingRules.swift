import Emotions

/// Something that went well or that can be worked on, with the number it rests on.
public struct Finding: Codable, Sendable, Hashable {
    public let topic: Topic
    /// One short line.
    public let headline: String
    /// What was seen, or what to try.
    public let advice: String
    /// The number behind it, in the unit of its topic (a score, share or count).
    public let value: Double
    /// Where to look, in seconds since the session began; nil where it is about the whole session.
    public let timestamp: Double?

    /// What a finding is about.
    public enum Topic: String, Codable, Sendable, Hashable, CaseIterable {
        case opening, closing, steadiness, stress, warmth, tension, frustration, lowMood = "low_mood"
        case composure, coverage, stillness
    }
}

/// What came of the search for sudden drops, and how far it can be relied on.
struct DropSearch {
    let finding: StressFinding
    /// See ``SessionSummary/judgedShare``.
    let judgedShare: Double
    /// See ``SessionSummary/shortestDropSeconds``.
    let shortestSeconds: Double?
}

/// The rules by which a session is praised and advised; all thresholds are this package's own.
///
/// A rule speaks of what a face looked like. The most important finding comes first in each list.
struct FindingRules {
    let scored: [FrameData]
    let score: CoveredScore
    /// Of the course that is steadied against speech.
    let steadied: ConfidenceStatistics?
    let stillness: Stillness
    let segments: SessionSegments
    let drops: DropSearch
    let emotions: EmotionScores?

    /// A part counts as weaker or stronger than another from this difference of means on.
    static let segmentDifference = 0.05
    /// Whether no steadied score lies as far below the usual one as a sudden drop is deep at least.
    static func staysNearItsLevel(_ steadied: ConfidenceStatistics) -> Bool {
        steadied.median - steadied.minimum < StressConfiguration().entryDrop
    }

    /// A standard deviation from which the confidence is called unsteady, and up to which steady.
    static let unsteadyDeviation = 0.15
    static let steadyDeviation = 0.08
    /// Mean probabilities from which an expression is worth a word.
    static let tensionShare = 0.15
    static let frustrationShare = 0.20
    static let lowMoodShare = 0.20
    /// Happiness below the first is little warmth, above the second plenty.
    static let littleWarmth = 0.05
    static let plentyWarmth = 0.20
    /// A session of which less was searched for sudden drops is not said to have none.
    static let leastJudgedShare = 0.5
    /// Fewer frames are called neither steady nor changing.
    static let leastSteadyFrames = 5
    /// The coverage below which the camera is the first thing to mend.
    static let goodCoverage = 0.8

    init(
        scored: [FrameData], score: CoveredScore, steadied: ConfidenceStatistics?, stillness: Stillness,
        segments: SessionSegments, drops: DropSearch
    ) {
        self.scored = scored
        self.score = score
        self.steadied = steadied
        self.stillness = stillness
        self.segments = segments
        self.drops = drops
        emotions = EmotionScores.mean(of: scored.map(\.emotions))
    }

    /// None of a session of which too little was seen, or of a picture that does not move.
    var strengths: [Finding] {
        guard !score.isWithheld, !stillness.isStill else { return [] }
        return [steadiness, freeOfStress, warmth, composure, opening, recovery].compactMap { $0 }
    }

    /// What keeps the session from being judged stands alone.
    var improvementAreas: [Finding] {
        if stillness.isStill { return [.still, camera].compactMap { $0 } }
        if score.isWithheld { return [camera].compactMap { $0 } }
        return [
            camera, frozenPicture, stressEvents, weakOpening, fading, unsteadiness, tension, frustration, lowMood,
            littleWarmth,
        ]
        .compactMap { $0 }
    }

    private var coverage: Coverage { score.coverage }

    private var camera: Finding? {
        coverage.share < Self.goodCoverage ? .rarelySeen(coverage: coverage.share) : nil
    }

    private var frozenPicture: Finding? {
        stillness.stretches.isEmpty ? nil : .frozen(stillness.stretches)
    }

    private var stressEvents: Finding? {
        drops.finding.deepest.map { .drops(drops.finding.events, deepest: $0) }
    }

    private var weakOpening: Finding? {
        guard let beginning = segments.beginning?.telling, let middle = segments.middle?.telling,
            beginning.confidence.mean < middle.confidence.mean - Self.segmentDifference
        else { return nil }
        return .weakOpening(by: beginning.confidence.mean - middle.confidence.mean, at: beginning.start)
    }

    private var fading: Finding? {
        guard let middle = segments.middle?.telling, let end = segments.end?.telling,
            end.confidence.mean < middle.confidence.mean - Self.segmentDifference
        else { return nil }
        return .weakClosing(by: end.confidence.mean - middle.confidence.mean, at: end.start)
    }

    private var unsteadiness: Finding? {
        guard let steadied, steadied.standardDeviation > Self.unsteadyDeviation,
            scored.count >= Self.leastSteadyFrames
        else { return nil }
        return .changing(deviation: steadied.standardDeviation)
    }

    private var tension: Finding? { often(.fear, above: Self.tensionShare, .tension) }

    private var frustration: Finding? { often(.angry, above: Self.frustrationShare, .frustration) }

    private var lowMood: Finding? { often(.sad, above: Self.lowMoodShare, .lowMood) }

    private var littleWarmth: Finding? {
        guard let emotions, emotions[.happy] < Self.littleWarmth else { return nil }
        return .fewSmiles(share: emotions[.happy])
    }

    private var steadiness: Finding? {
        guard let steadied, steadied.standardDeviation <= Self.steadyDeviation,
            scored.count >= Self.leastSteadyFrames
        else { return nil }
        return .steady(deviation: steadied.standardDeviation)
    }

    private var freeOfStress: Finding? {
        guard case .events(let events) = drops.finding, events.isEmpty, coverage.share >= Self.goodCoverage,
            drops.judgedShare >= Self.leastJudgedShare, let steadied, Self.staysNearItsLevel(steadied)
        else { return nil }
        return .noDrop(judgedShare: drops.judgedShare, shortest: drops.shortestSeconds)
    }

    private var warmth: Finding? {
        guard let emotions, emotions[.happy] > Self.plentyWarmth else { return nil }
        return .smiles(share: emotions[.happy])
    }

    private var composure: Finding? {
        guard let mean = score.value, mean >= ConfidenceLevel.confident.threshold else { return nil }
        return .composed(mean: mean)
    }

    private var opening: Finding? {
        guard let beginning = segments.beginning?.telling,
            beginning.level == .excellent || beginning.level == .confident
        else { return nil }
        return .composedOpening(mean: beginning.confidence.mean, at: beginning.start)
    }

    private var recovery: Finding? {
        guard let middle = segments.middle?.telling, let end = segments.end?.telling,
            end.confidence.mean > middle.confidence.mean + Self.segmentDifference
        else { return nil }
        return .strongClosing(by: end.confidence.mean - middle.confidence.mean, at: end.start)
    }

    private func often(_ emotion: Emotion, above threshold: Double, _ topic: Finding.Topic) -> Finding? {
        guard let emotions, emotions[emotion] > threshold else { return nil }
        return .often(emotion, topic: topic, share: emotions[emotion])
    }
}

import Emotions

/// The rules by which a session is praised and advised; all thresholds are this package's own.
///
/// A rule speaks of what a face looked like. The most important finding comes first in each list.
struct FindingRules {
    let scored: [FrameData]
    let coverage: Coverage
    let confidence: ConfidenceStatistics?
    let segments: SessionSegments
    let stress: StressFinding
    let emotions: EmotionScores?

    /// A part counts as weaker or stronger than another from this difference of means on.
    static let segmentDifference = 0.05
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
    /// The coverage below which the camera is the first thing to mend.
    static let goodCoverage = 0.8

    init(
        scored: [FrameData], coverage: Coverage, confidence: ConfidenceStatistics?, segments: SessionSegments,
        stress: StressFinding
    ) {
        self.scored = scored
        self.coverage = coverage
        self.confidence = confidence
        self.segments = segments
        self.stress = stress
        emotions = EmotionScores.mean(of: scored.map(\.emotions))
    }

    var strengths: [Finding] {
        [steadiness, freeOfStress, warmth, composure, opening, recovery].compactMap { $0 }
    }

    var improvementAreas: [Finding] {
        [camera, stressEvents, weakOpening, fading, unsteadiness, tension, frustration, lowMood, littleWarmth]
            .compactMap { $0 }
    }

    private var camera: Finding? {
        guard coverage.share < Self.goodCoverage else { return nil }
        return Finding(
            topic: .coverage, headline: "Your face was often not to be seen",
            advice: "Put the camera at eye height with light in front of you, and keep your whole face in the picture.",
            value: coverage.share, timestamp: nil)
    }

    private var stressEvents: Finding? {
        guard let deepest = stress.events.max(by: { $0.depth < $1.depth }) else { return nil }
        return Finding(
            topic: .stress, headline: "Sudden drops in composure",
            advice: "Look at what was asked at the deepest one, and practise that answer until its first sentence "
                + "comes by itself. A breath before you speak covers the moment.",
            value: Double(stress.events.count), timestamp: deepest.onset)
    }

    private var weakOpening: Finding? {
        guard let beginning = segments.beginning, let middle = segments.middle,
            beginning.confidence.mean < middle.confidence.mean - Self.segmentDifference
        else { return nil }
        return Finding(
            topic: .opening, headline: "You needed time to warm up",
            advice: "Prepare your first two sentences word for word and say them aloud before you begin.",
            value: beginning.confidence.mean - middle.confidence.mean, timestamp: beginning.start)
    }

    private var fading: Finding? {
        guard let middle = segments.middle, let end = segments.end,
            end.confidence.mean < middle.confidence.mean - Self.segmentDifference
        else { return nil }
        return Finding(
            topic: .closing, headline: "Your composure faded towards the end",
            advice: "Keep one strong closing sentence ready, and sit up when the last question comes.",
            value: end.confidence.mean - middle.confidence.mean, timestamp: end.start)
    }

    private var unsteadiness: Finding? {
        guard let confidence, confidence.standardDeviation > Self.unsteadyDeviation else { return nil }
        return Finding(
            topic: .steadiness, headline: "Your expression changed a lot",
            advice: "Let the neutral, attentive face be your home position and come back to it between thoughts.",
            value: confidence.standardDeviation, timestamp: nil)
    }

    private var tension: Finding? {
        share(
            .fear, above: Self.tensionShare, .tension, "Your face often looked tense",
            "Unclench your jaw, lift and drop your shoulders once, and speak a little slower.")
    }

    private var frustration: Finding? {
        share(
            .angry, above: Self.frustrationShare, .frustration, "Your face often looked stern",
            "If that is simply your face at rest, record a resting-face profile; if not, loosen your brow while you think."
        )
    }

    private var lowMood: Finding? {
        share(
            .sad, above: Self.lowMoodShare, .lowMood, "Your face often looked downcast",
            "Raise the camera to eye height and look into it; lowered eyes are easily read as sad.")
    }

    private var littleWarmth: Finding? {
        guard let emotions, emotions[.happy] < Self.littleWarmth else { return nil }
        return Finding(
            topic: .warmth, headline: "A little more warmth",
            advice: "Smile when you greet, when you name something you are proud of, and when you thank at the end.",
            value: emotions[.happy], timestamp: nil)
    }

    private var steadiness: Finding? {
        guard let confidence, confidence.standardDeviation <= Self.steadyDeviation, scored.count > 1 else { return nil }
        return Finding(
            topic: .steadiness, headline: "A steady expression",
            advice: "Your composure hardly wavered.", value: confidence.standardDeviation, timestamp: nil)
    }

    private var freeOfStress: Finding? {
        guard case .events(let events) = stress, events.isEmpty else { return nil }
        return Finding(
            topic: .stress, headline: "No sudden drops",
            advice: "Nothing made your face lose its composure at once.", value: 0, timestamp: nil)
    }

    private var warmth: Finding? {
        share(
            .happy, above: Self.plentyWarmth, .warmth, "A warm face",
            "You smiled often enough to look glad to be there.")
    }

    private var composure: Finding? {
        guard let confidence, confidence.mean >= ConfidenceLevel.confident.threshold else { return nil }
        return Finding(
            topic: .composure, headline: ConfidenceLevel(score: confidence.mean).message,
            advice: "On average your face looked composed.", value: confidence.mean, timestamp: nil)
    }

    private var opening: Finding? {
        guard let beginning = segments.beginning, beginning.level == .excellent || beginning.level == .confident
        else { return nil }
        return Finding(
            topic: .opening, headline: "A composed beginning",
            advice: "You looked composed from the first moments.", value: beginning.confidence.mean,
            timestamp: beginning.start)
    }

    private var recovery: Finding? {
        guard let middle = segments.middle, let end = segments.end,
            end.confidence.mean > middle.confidence.mean + Self.segmentDifference
        else { return nil }
        return Finding(
            topic: .closing, headline: "You finished stronger than you went along",
            advice: "Your composure rose towards the end.", value: end.confidence.mean - middle.confidence.mean,
            timestamp: end.start)
    }

    private func share(
        _ emotion: Emotion, above threshold: Double, _ topic: Finding.Topic, _ headline: String, _ advice: String
    ) -> Finding? {
        guard let emotions, emotions[emotion] > threshold else { return nil }
        return Finding(topic: topic, headline: headline, advice: advice, value: emotions[emotion], timestamp: nil)
    }
}

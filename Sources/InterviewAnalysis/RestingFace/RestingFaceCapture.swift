public import Emotions

/// A short guided capture of a person's face at rest: tells what to do, takes frames, and checks that they are fit.
///
/// The person looks into the camera for ``Rules/minimumSeconds`` with a relaxed face. A capture that moved, drifted or
/// showed an expression is refused with the reason, since a profile made of it would spoil every later score.
public struct RestingFaceCapture: Sendable {
    public let rules: Rules
    private var readings: [Reading] = []
    private var missedFrames = 0

    private struct Reading {
        let timestamp: Double
        let emotions: EmotionScores
    }

    /// What a capture must fulfil; the numbers are this package's own.
    public struct Rules: Codable, Sendable, Hashable {
        /// Five seconds, less a step between two frames at either end.
        public var minimumSeconds = 4.5
        public var minimumFrames = 10
        /// The largest part of the frames without a score, 0…1.
        public var missedShare = 0.2
        /// The largest standard deviation of any expression's probability.
        public var spread = 0.12
        /// The largest difference between the mean probabilities of the two halves, as half the sum of differences.
        public var drift = 0.15
        /// A smile or a look of surprise above this mean is no face at rest.
        public var expression = 0.5

        public init() {}
    }

    public init(rules: Rules = Rules()) { self.rules = rules }

    /// What the person should be told.
    public static let instruction =
        "Look into the camera with a relaxed face, lips closed, as if you were listening. Hold it until the bar is full."

    /// Takes one frame's probabilities.
    ///
    /// - Throws: ``AnalyzerError/timestampNotRising(previous:given:)``.
    public mutating func add(_ emotions: EmotionScores, at timestamp: Double) throws(AnalyzerError) {
        guard timestamp.isFinite else { throw .invalidTimestamp(timestamp) }
        if let previous = readings.last?.timestamp, timestamp <= previous {
            throw .timestampNotRising(previous: previous, given: timestamp)
        }
        readings.append(Reading(timestamp: timestamp, emotions: emotions))
    }

    /// Takes a frame in which the person was not scored.
    public mutating func addMissed() { missedFrames += 1 }

    /// How much of the capture is done, 0…1.
    public var progress: Double {
        min(1, min(durationSeconds / rules.minimumSeconds, Double(readings.count) / Double(rules.minimumFrames)))
    }

    /// The profile, where the capture is fit for one.
    public func profile() throws(RestingFaceError) -> RestingFaceProfile {
        guard durationSeconds >= rules.minimumSeconds else {
            throw .tooShort(seconds: durationSeconds, minimum: rules.minimumSeconds)
        }
        guard readings.count >= rules.minimumFrames else {
            throw .tooFewFrames(count: readings.count, minimum: rules.minimumFrames)
        }
        let missed = Double(missedFrames) / Double(missedFrames + readings.count)
        guard missed <= rules.missedShare else { throw .faceLost(share: missed, maximum: rules.missedShare) }
        let emotions = readings.map(\.emotions)
        guard let mean = EmotionScores.mean(of: emotions) else { throw .tooFewFrames(count: 0, minimum: 1) }
        for emotion in Emotion.allCases {
            let spread = Statistics.variance(emotions.map { $0[emotion] }).squareRoot()
            guard spread <= rules.spread else { throw .unsteady(emotion, spread: spread, maximum: rules.spread) }
        }
        for emotion in [Emotion.happy, .surprise] where mean[emotion] > rules.expression {
            throw .notAtRest(emotion, mean: mean[emotion], maximum: rules.expression)
        }
        let drift = drift(of: emotions)
        guard drift <= rules.drift else { throw .drifting(by: drift, maximum: rules.drift) }
        return RestingFaceProfile(resting: mean, frameCount: readings.count, durationSeconds: durationSeconds)
    }

    private var durationSeconds: Double {
        guard let first = readings.first, let last = readings.last else { return 0 }
        return last.timestamp - first.timestamp
    }

    private func drift(of emotions: [EmotionScores]) -> Double {
        let half = emotions.count / 2
        guard let older = EmotionScores.mean(of: emotions.prefix(half)),
            let newer = EmotionScores.mean(of: emotions.suffix(half))
        else { return 0 }
        return zip(older.values, newer.values).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
    }
}

/// Why a capture makes no resting-face profile, in terms the person can act on.
public enum RestingFaceError: Error, Sendable, Hashable, CustomStringConvertible {
    case tooShort(seconds: Double, minimum: Double)
    case tooFewFrames(count: Int, minimum: Int)
    /// Too many frames without a score.
    case faceLost(share: Double, maximum: Double)
    /// An expression came and went; spread is the standard deviation of its probability.
    case unsteady(Emotion, spread: Double, maximum: Double)
    /// The face at the end was not the face of the beginning.
    case drifting(by: Double, maximum: Double)
    /// The face smiled or looked surprised.
    case notAtRest(Emotion, mean: Double, maximum: Double)

    public var description: String {
        switch self {
        case .tooShort(let seconds, let minimum):
            "\(DecimalRounding.round(seconds, digits: 1)) s were captured; \(minimum) s are needed"
        case .tooFewFrames(let count, let minimum): "\(count) frames were captured; \(minimum) are needed"
        case .faceLost(let share, _):
            "\(Int(100 * share)) % of the frames could not be scored: sit where the camera sees all of your face, and nobody else"
        case .unsteady(let emotion, _, _): "the face moved (\(emotion.rawValue) came and went): hold it still"
        case .drifting: "the face changed from beginning to end: relax first, then begin"
        case .notAtRest(let emotion, _, _): "the face was read as \(emotion.rawValue): let it rest"
        }
    }
}

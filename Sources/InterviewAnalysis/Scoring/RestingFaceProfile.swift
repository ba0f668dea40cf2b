public import Emotions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the classifier reads in one person's face at rest, and how to take that bias off.
///
/// A resting face that reads 45 % angry is not angry. The target of a resting face keeps at most
/// ``restingLimit`` of each expression and gives the rest to neutral; the offset of an expression is
/// log target − log resting, and a reading is corrected by adding the offsets to its log probabilities (logits) and
/// normalising anew, so the seven still sum to 1 and a strong expression still wins. Only expressions that the resting
/// face suggests are lowered; what it never shows stays as it is.
public struct RestingFaceProfile: Codable, Sendable, Hashable {
    /// Mean probabilities of the face at rest.
    public let resting: EmotionScores
    /// How many frames they were taken from, and over how many seconds.
    public let frameCount: Int
    public let durationSeconds: Double

    /// The most of an expression other than neutral that a corrected resting face shows.
    package static let restingLimit = 0.04
    /// Probabilities below are taken for this, so that logarithms stay finite.
    package static let smallestProbability = 1e-6
    /// No expression is lowered, nor neutral raised, by more than a factor of e² ≈ 7.4: a limit to what ten seconds of
    /// a face may claim about it.
    package static let largestOffset = 2.0

    package init(resting: EmotionScores, frameCount: Int, durationSeconds: Double) {
        self.resting = resting
        self.frameCount = frameCount
        self.durationSeconds = durationSeconds
    }

    /// What is added to each log probability; ≤ 0 for all but neutral.
    package var offsets: EmotionScores {
        let floor = Self.smallestProbability
        var target = EmotionScores([:])
        for emotion in Emotion.allCases where emotion != .neutral {
            target[emotion] = min(resting[emotion], Self.restingLimit)
        }
        target[.neutral] = resting.values.reduce(0, +) - target.values.reduce(0, +)
        return EmotionScores(
            zip(target.values, resting.values).map { target, resting in
                let offset = log(max(target, floor)) - log(max(resting, floor))
                return max(-Self.largestOffset, min(Self.largestOffset, offset))
            })
    }

    /// A reading with the bias of the resting face taken off; the sum stays what it was.
    package func corrected(_ emotions: EmotionScores) -> EmotionScores {
        let offsets = offsets.values
        let raised = zip(emotions.values, offsets).map { $0 * exp($1) }
        let sum = emotions.values.reduce(0, +)
        let total = raised.reduce(0, +)
        guard total > 0 else { return emotions }
        return EmotionScores(raised.map { $0 * sum / total })
    }

    enum CodingKeys: String, CodingKey {
        case resting
        case frameCount = "frame_count"
        case durationSeconds = "duration_seconds"
    }
}

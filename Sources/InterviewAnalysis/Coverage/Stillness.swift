/// Whether the face moved at all: a photograph before the camera does not, and what it scores says nothing.
///
/// It rests on ``FrameSignal/faceMotion``, from which noise is taken off already: next to nothing is left of a still
/// picture, however noisy; a living face moves from time to time, however quiet.
public struct Stillness: Codable, Sendable, Hashable {
    public let verdict: Verdict
    /// How many frames said how much they moved.
    public let frameCount: Int
    /// Median and 95th percentile of their motion; nil without any.
    public let medianMotion: Double?
    public let highMotion: Double?

    /// What may be said.
    public enum Verdict: String, Codable, Sendable, Hashable {
        case moving
        /// Nothing moved: most likely a photograph.
        case still
        /// Nobody measured the motion, or for too short a time.
        case unknown
    }

    public var isStill: Bool { verdict == .still }

    /// A picture whose high motion is below this does not move (`Docs/SessionQuality.md`).
    static let stillMotion = 0.05
    static let minimumFrames = 4
    static let minimumSeconds = 4.5

    init(of frames: [FrameData]) {
        let motions = frames.compactMap { $0.signals[FrameSignal.faceMotion] }
        frameCount = motions.count
        guard let first = frames.first, let last = frames.last, !motions.isEmpty else {
            (verdict, medianMotion, highMotion) = (.unknown, nil, nil)
            return
        }
        let median = Statistics.median(motions)
        let high = Statistics.quantile(motions, 0.95)
        (medianMotion, highMotion) = (median, high)
        guard motions.count >= Self.minimumFrames, last.timestamp - first.timestamp >= Self.minimumSeconds else {
            verdict = .unknown
            return
        }
        verdict = high < Self.stillMotion ? .still : .moving
    }

    enum CodingKeys: String, CodingKey {
        case verdict
        case frameCount = "frame_count"
        case medianMotion = "median_motion"
        case highMotion = "high_motion"
    }
}

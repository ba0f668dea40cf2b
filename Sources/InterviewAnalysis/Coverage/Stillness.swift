/// Whether the face moved at all: a photograph before the camera does not, and what it scores says nothing.
///
/// It rests on ``FrameSignal/faceMotion``. The pixels of a still picture differ by the noise of camera and compression
/// alone, always about as much; those of a living face differ by more, and from moment to moment by much more or less.
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

    /// A picture whose high motion is below this does not move, however even or uneven it is.
    static let stillMotion = 0.02
    /// The most that noise alone makes of it.
    static let noiseMotion = 0.12
    /// Noise alone makes the high motion at most so many times the median.
    static let noiseSpread = 1.5
    static let minimumFrames = 5
    static let minimumSeconds = 2.5

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
        let isNoise = high < Self.noiseMotion && high < Self.noiseSpread * median
        verdict = high < Self.stillMotion || isNoise ? .still : .moving
    }

    enum CodingKeys: String, CodingKey {
        case verdict
        case frameCount = "frame_count"
        case medianMotion = "median_motion"
        case highMotion = "high_motion"
    }
}

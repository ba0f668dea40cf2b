/// Whether the face moved at all: a photograph before the camera does not, and what it scores says nothing.
///
/// It rests on ``FrameSignal/faceMotion``, which counts what moves and not the noise of a camera. Whoever rests as well as
/// they can still breathes, and blinks every few seconds.
public struct Stillness: Codable, Sendable, Hashable {
    public let verdict: Verdict
    /// How many frames said how much they moved.
    public let frameCount: Int
    /// Median and 95th percentile of their motion; nil without any.
    public let medianMotion: Double?
    public let highMotion: Double?
    /// Where nothing moved for about eight seconds or longer, in the order of time.
    public let stretches: [Stretch]

    /// What may be said.
    public enum Verdict: String, Codable, Sendable, Hashable {
        case moving
        /// Nothing moved, or not for more than half of the time: most likely a photograph.
        case still
        /// Nobody measured the motion, or for too short a time.
        case unknown
    }

    /// A part of a session, in seconds since its beginning.
    public struct Stretch: Codable, Sendable, Hashable {
        public let start: Double
        public internal(set) var end: Double

        public var durationSeconds: Double { end - start }
    }

    public var isStill: Bool { verdict == .still }

    /// A picture whose 95th percentile of motion is below this does not move. Photographs under noise, flicker and
    /// compression reach 0.024, people who sit still 0.12 (`Docs/SessionQuality.md`).
    static let stillMotion = 0.04
    static let minimumFrames = 5
    static let minimumSeconds = 4.5
    /// A stretch is looked for in windows of this length, each of which begins in the middle of the one before. In eight
    /// seconds nearly everybody blinks.
    static let windowSeconds = 8.0
    /// A session of which more than this share lies in still stretches is a still one.
    static let stillShare = 0.5

    /// - Complexity: O(frames · log frames).
    init(of frames: [FrameData]) {
        let measured = frames.filter { $0.signals[FrameSignal.faceMotion] != nil }
        let motions = Self.motions(of: measured[...])
        frameCount = motions.count
        guard let first = measured.first, let last = measured.last else {
            (verdict, medianMotion, highMotion, stretches) = (.unknown, nil, nil, [])
            return
        }
        (medianMotion, highMotion) = (Statistics.median(motions), Statistics.quantile(motions, 0.95))
        let seconds = last.timestamp - first.timestamp
        guard motions.count >= Self.minimumFrames, seconds >= Self.minimumSeconds else {
            (verdict, stretches) = (.unknown, [])
            return
        }
        stretches = Self.stretches(in: measured)
        let still = stretches.reduce(0) { $0 + $1.durationSeconds }
        verdict = Self.isStill(motions) || still > Self.stillShare * seconds ? .still : .moving
    }

    private static func motions(of frames: ArraySlice<FrameData>) -> [Double] {
        frames.compactMap { $0.signals[FrameSignal.faceMotion] }
    }

    private static func isStill(_ motions: [Double]) -> Bool { Statistics.quantile(motions, 0.95) < stillMotion }

    private static func stretches(in frames: [FrameData]) -> [Stretch] {
        guard var start = frames.first?.timestamp, let last = frames.last?.timestamp else { return [] }
        var stretches: [Stretch] = []
        while start < last {
            let window = frames.between(start, start + windowSeconds, time: \.timestamp)
            start += windowSeconds / 2
            guard window.count >= minimumFrames, let first = window.first?.timestamp, let end = window.last?.timestamp,
                end - first >= windowSeconds / 2, isStill(motions(of: window))
            else { continue }
            if let known = stretches.last, known.end >= first {
                stretches[stretches.count - 1].end = end
            } else {
                stretches.append(Stretch(start: first, end: end))
            }
        }
        return stretches.filter { $0.durationSeconds >= windowSeconds * 0.75 }
    }

    enum CodingKeys: String, CodingKey {
        case verdict
        case frameCount = "frame_count"
        case medianMotion = "median_motion"
        case highMotion = "high_motion"
        case stretches
    }
}

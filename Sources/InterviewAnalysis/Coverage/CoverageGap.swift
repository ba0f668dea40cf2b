/// A stretch in which frames were looked at and none could be scored.
public struct CoverageGap: Codable, Sendable, Hashable {
    /// Time of the first frame without a score, in seconds since the session began.
    public let start: Double
    /// Time of the next scored frame, or of the last frame of the session.
    public let end: Double

    /// Shorter stretches are a blink of the detector, not a gap.
    public static let minimumSeconds = 1.0

    public var durationSeconds: Double { end - start }

    /// The gaps of a session, in the order of time.
    ///
    /// - Complexity: O(frames + missed).
    public static func gaps(
        in frames: some Sequence<FrameData>, missed: some Sequence<MissedFrame>, scoresFallback: Bool
    ) -> [CoverageGap] {
        var gaps: [CoverageGap] = []
        var start: Double?
        var last = 0.0
        func close(at end: Double) {
            if let start, end - start >= minimumSeconds { gaps.append(CoverageGap(start: start, end: end)) }
            start = nil
        }
        var misses = missed.lazy.filter { $0.reason != .sampling }.makeIterator()
        var miss = misses.next()
        for frame in frames {
            while let each = miss, each.timestamp < frame.timestamp {
                start = start ?? each.timestamp
                miss = misses.next()
            }
            if scoresFallback || frame.source.foundFace {
                close(at: frame.timestamp)
            } else {
                start = start ?? frame.timestamp
            }
            last = frame.timestamp
        }
        while let each = miss {
            start = start ?? each.timestamp
            last = each.timestamp
            miss = misses.next()
        }
        close(at: last)
        return gaps
    }
}

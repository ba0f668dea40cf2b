import Emotions

/// A stretch in which frames were looked at and none could be scored.
public struct CoverageGap: Codable, Sendable, Hashable {
    /// Time of the first frame without a score, in seconds since the session began.
    public let start: Double
    /// Time of the next scored frame, or of the last frame of the session.
    public let end: Double
    /// Why its frames have no score, the most frequent reason first. Frames in which the middle of the picture stood in
    /// for a face count as ``SkipReason/noFace``.
    public let reasons: [SkipReason]

    /// Shorter stretches are a blink of the detector, not a gap.
    package static let minimumSeconds = 1.0

    public var durationSeconds: Double { end - start }

    /// Why it has no score, such as "no face found or somebody else in view". Nobody is said to be away who was seen.
    public var cause: String { SkipReason.words(for: reasons) }

    /// The gaps of a session, in the order of time.
    ///
    /// - Complexity: O(frames + missed).
    package static func gaps(
        in frames: some Sequence<FrameData>, missed: some Sequence<MissedFrame>, scoresFallback: Bool
    ) -> [CoverageGap] {
        var gaps: [CoverageGap] = []
        var start: Double?
        var last = 0.0
        var counts: [SkipReason: Int] = [:]
        func open(at time: Double, because reason: SkipReason) {
            start = start ?? time
            counts[reason, default: 0] += 1
        }
        func close(at end: Double) {
            if let start, end - start >= minimumSeconds {
                gaps.append(CoverageGap(start: start, end: end, reasons: SkipReason.byFrequency(counts)))
            }
            (start, counts) = (nil, [:])
        }
        var misses = missed.lazy.filter { $0.reason != .sampling }.makeIterator()
        var miss = misses.next()
        for frame in frames {
            while let each = miss, each.timestamp < frame.timestamp {
                open(at: each.timestamp, because: each.reason)
                miss = misses.next()
            }
            if scoresFallback || frame.stage.isDetection {
                close(at: frame.timestamp)
            } else {
                open(at: frame.timestamp, because: .noFace)
            }
            last = frame.timestamp
        }
        while let each = miss {
            open(at: each.timestamp, because: each.reason)
            last = each.timestamp
            miss = misses.next()
        }
        close(at: last)
        return gaps
    }
}

extension SkipReason {
    /// The most frequent first, equal ones in the order of the cases.
    fileprivate static func byFrequency(_ counts: [SkipReason: Int]) -> [SkipReason] {
        let ranked = allCases.enumerated().compactMap { rank, reason in counts[reason].map { (reason, -$0, rank) } }
        return ranked.sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map { $0.0 }
    }

    /// Why a stretch has no score, in words that follow a comma or a colon.
    private var words: String {
        switch self {
        case .sampling: "frames passed over"
        case .noFace: "no face found"
        case .lowQuality: "picture too poor"
        case .occluded: "face covered"
        case .crowded: "another head too close"
        case .otherPerson: "somebody else in view"
        case .undecided: "not clear whose face counts"
        case .unreadable: "picture unreadable"
        }
    }

    /// Several of them as one would say them.
    static func words(for reasons: [SkipReason]) -> String {
        let words = reasons.map(\.words)
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

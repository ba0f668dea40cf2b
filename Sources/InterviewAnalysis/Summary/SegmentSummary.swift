public import Emotions

/// One part of a session: its beginning, its middle or its end.
public struct SegmentSummary: Codable, Sendable, Hashable {
    /// Times of its first and last frame.
    public let start: Double
    public let end: Double
    public let frameCount: Int
    /// What became of the frames from its first to its last.
    public let coverage: Coverage
    public let confidence: ConfidenceStatistics
    public let level: ConfidenceLevel
    /// Mean probabilities.
    public let emotions: EmotionScores

    /// Nil for no frames.
    init?(of frames: ArraySlice<FrameData>, coverage: Coverage) {
        guard let first = frames.first, let last = frames.last,
            let confidence = ConfidenceStatistics(of: frames.map(\.confidenceScore)),
            let emotions = EmotionScores.mean(of: frames.map(\.emotions))
        else { return nil }
        start = first.timestamp
        end = last.timestamp
        frameCount = frames.count
        self.coverage = coverage
        self.confidence = confidence
        level = ConfidenceLevel(score: confidence.mean)
        self.emotions = emotions
    }

    /// Itself, where it has enough frames to be compared with another part; one or two may show a blink.
    var telling: SegmentSummary? { frameCount >= 3 ? self : nil }

    enum CodingKeys: String, CodingKey {
        case start, end
        case frameCount = "frame_count"
        case confidence = "confidence_score"
        case coverage, level, emotions
    }
}

/// A session in three: the first 20 % of its scored frames, the next 60 %, the last 20 %.
///
/// - Source: "Temporal Analysis", section 9 of the original system's description: cut at `int(0.2 · total)` and
///   `int(0.8 · total)`.
public struct SessionSegments: Codable, Sendable, Hashable {
    /// Nil where the part has no frame, as the beginning of a session with fewer than five, and where too few frames of
    /// the part, or of the whole session, could be scored.
    public let beginning: SegmentSummary?
    public let middle: SegmentSummary?
    public let end: SegmentSummary?

    /// - Parameter coverage: of the stretch between two times.
    init(
        of frames: [FrameData], minimumCoverage: Double, coverage: (_ start: Double, _ end: Double) -> Coverage
    ) {
        let first = Int(0.2 * Double(frames.count))
        let second = Int(0.8 * Double(frames.count))
        func part(_ range: Range<Int>) -> SegmentSummary? {
            guard let start = frames[range].first, let end = frames[range].last else { return nil }
            let coverage = coverage(start.timestamp, end.timestamp)
            return coverage.share >= minimumCoverage ? SegmentSummary(of: frames[range], coverage: coverage) : nil
        }
        beginning = part(0..<first)
        middle = part(first..<second)
        end = part(second..<frames.count)
    }

    /// Of a session of which too little was seen.
    init() { (beginning, middle, end) = (nil, nil, nil) }
}

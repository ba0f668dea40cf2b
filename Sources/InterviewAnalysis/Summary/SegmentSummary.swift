public import Emotions

/// One part of a session: its beginning, its middle or its end.
public struct SegmentSummary: Codable, Sendable, Hashable {
    /// Times of its first and last frame.
    public let start: Double
    public let end: Double
    public let frameCount: Int
    public let confidence: ConfidenceStatistics
    public let level: ConfidenceLevel
    /// Mean probabilities.
    public let emotions: EmotionScores

    /// Nil for no frames.
    init?(of frames: ArraySlice<FrameData>) {
        guard let first = frames.first, let last = frames.last,
            let confidence = ConfidenceStatistics(of: frames.map(\.confidenceScore)),
            let emotions = EmotionScores.mean(of: frames.map(\.emotions))
        else { return nil }
        start = first.timestamp
        end = last.timestamp
        frameCount = frames.count
        self.confidence = confidence
        level = ConfidenceLevel(score: confidence.mean)
        self.emotions = emotions
    }

    enum CodingKeys: String, CodingKey {
        case start, end
        case frameCount = "frame_count"
        case confidence, level, emotions
    }
}

/// A session in three: the first 20 % of its scored frames, the next 60 %, the last 20 %.
///
/// - Source: "Temporal Analysis", section 9 of the original system's description: cut at `int(0.2 · total)` and
///   `int(0.8 · total)`.
public struct SessionSegments: Codable, Sendable, Hashable {
    /// Nil where the part has no frame, as the beginning of a session with fewer than five.
    public let beginning: SegmentSummary?
    public let middle: SegmentSummary?
    public let end: SegmentSummary?

    init(of frames: [FrameData]) {
        let first = Int(0.2 * Double(frames.count))
        let second = Int(0.8 * Double(frames.count))
        beginning = SegmentSummary(of: frames[..<first])
        middle = SegmentSummary(of: frames[first..<second])
        end = SegmentSummary(of: frames[second...])
    }
}

public import Emotions

/// Mean probabilities of the seven expressions over a stretch of time.
public struct ExpressionStretch: Codable, Sendable, Hashable {
    /// Seconds since the session began.
    public let start: Double
    public let end: Double
    public let emotions: EmotionScores

    /// Equal stretches from the first to the last frame; those without a frame are left out.
    ///
    /// - Complexity: O(frames).
    static func stretches(of frames: [FrameData], count: Int) -> [ExpressionStretch] {
        guard let first = frames.first, let last = frames.last, count > 0 else { return [] }
        let width = max((last.timestamp - first.timestamp) / Double(count), .ulpOfOne)
        let groups = Dictionary(grouping: frames) { min(count - 1, Int(($0.timestamp - first.timestamp) / width)) }
        return groups.sorted { $0.key < $1.key }.compactMap { index, frames in
            EmotionScores.mean(of: frames.map(\.emotions)).map {
                ExpressionStretch(
                    start: first.timestamp + Double(index) * width, end: first.timestamp + Double(index + 1) * width,
                    emotions: $0)
            }
        }
    }
}

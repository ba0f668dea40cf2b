package import Emotions

/// Mean probabilities of the seven expressions over a stretch of time.
package struct ExpressionStretch: Codable, Sendable, Hashable {
    /// Seconds since the session began.
    package let start: Double
    package let end: Double
    package let emotions: EmotionScores

    /// At most about `count` stretches of equal length that leave no time between them, except for the gaps.
    ///
    /// A frame stands for the time up to the middle between it and its neighbours, so a session of one frame in three
    /// seconds is as whole as one of thirty a second.
    /// - Parameter gaps: stretches without a scored frame, in the order of time; no stretch reaches into one.
    /// - Complexity: O(frames).
    static func stretches(of frames: [FrameData], gaps: [CoverageGap], count: Int) -> [ExpressionStretch] {
        guard let first = frames.first, let last = frames.last, count > 0 else { return [] }
        let width = max((last.timestamp - first.timestamp) / Double(count), .ulpOfOne)
        return frames.pieces(between: gaps).flatMap { piece, limit in
            stretches(of: piece, from: first.timestamp, width: width, until: min(limit, last.timestamp))
        }
    }

    /// The stretches of frames with no gap between them.
    private static func stretches(
        of frames: ArraySlice<FrameData>, from origin: Double, width: Double, until limit: Double
    ) -> [ExpressionStretch] {
        var stretches: [ExpressionStretch] = []
        var rest = frames
        var start = frames.first?.timestamp ?? origin
        while let first = rest.first {
            let bin = ((first.timestamp - origin) / width).rounded(.down)
            let inside = rest.prefix { (($0.timestamp - origin) / width).rounded(.down) <= bin }
            rest = rest.dropFirst(inside.count)
            let latest = inside.last?.timestamp ?? start
            let end = rest.first.map { (latest + $0.timestamp) / 2 } ?? max(latest, min(limit, latest + width))
            if let mean = EmotionScores.mean(of: inside.map(\.emotions)) {
                stretches.append(ExpressionStretch(start: start, end: end, emotions: mean))
            }
            start = end
        }
        return stretches
    }
}

extension [FrameData] {
    /// Runs of frames with no gap between them, each with the start of the gap that follows it (or infinity).
    ///
    /// - Complexity: O(frames + gaps).
    func pieces(between gaps: [CoverageGap]) -> [(frames: ArraySlice<FrameData>, limit: Double)] {
        var pieces: [(frames: ArraySlice<FrameData>, limit: Double)] = []
        var rest = self[...]
        for limit in gaps.map(\.start) + [.infinity] {
            let piece = rest.prefix { $0.timestamp < limit }
            rest = rest.dropFirst(piece.count)
            if !piece.isEmpty { pieces.append((piece, limit)) }
        }
        return pieces
    }
}

/// One point of a confidence curve: a frame, or a few neighbours with their range so that no spike is smoothed away.
package struct CurvePoint: Codable, Sendable, Hashable {
    /// Mean time in seconds since the session began.
    package let timestamp: Double
    /// Mean score, 0…1, with the lowest and the highest.
    package let confidence: Double
    package let lowest: Double
    package let highest: Double
    /// Mean of the course that is steadied against speech, see ``TimeSeries/course``.
    package let course: Double
    /// How many frames it stands for.
    package let frameCount: Int

    /// Whether this is one frame and not the range of several.
    package var isSingleFrame: Bool { frameCount == 1 }

    /// - Parameter course: a value for each of the frames.
    /// - Complexity: O(frames).
    static func curve(
        of frames: [FrameData], course: [Double], gaps: [CoverageGap], points: Int
    ) -> [[CurvePoint]] {
        let chunk = max(1, (frames.count + max(1, points) - 1) / max(1, points))
        return frames.pieces(between: gaps).map { piece, _ in
            stride(from: piece.startIndex, to: piece.endIndex, by: chunk).map { start in
                let range = start..<min(start + chunk, piece.endIndex)
                return CurvePoint(of: piece[range], course: course[range])
            }
        }
    }

    /// - Precondition: at least one frame.
    private init(of frames: ArraySlice<FrameData>, course: ArraySlice<Double>) {
        let scores = frames.map(\.confidenceScore)
        timestamp = Statistics.mean(frames.map(\.timestamp))
        confidence = Statistics.mean(scores)
        lowest = scores.min() ?? confidence
        highest = scores.max() ?? confidence
        self.course = Statistics.mean(course)
        frameCount = frames.count
    }

    enum CodingKeys: String, CodingKey {
        case timestamp, confidence, lowest, highest, course
        case frameCount = "frame_count"
    }
}

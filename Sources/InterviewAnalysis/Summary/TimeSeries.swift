/// The course of a session in columns, one number a scored frame.
public struct TimeSeries: Codable, Sendable, Hashable {
    /// Seconds since the session began.
    public let timestamps: [Double]
    /// The interview score of each frame, 0…1.
    public let confidence: [Double]
    public let smoothed: [Double]
    /// The confidence steadied against speech: about the median of a second. Events, charts and advice look at it.
    public let course: [Double]

    init(of frames: [FrameData], course: [Double]) {
        timestamps = frames.map(\.timestamp)
        confidence = frames.map(\.confidenceScore)
        smoothed = frames.map(\.smoothedConfidence)
        self.course = course
    }

    enum CodingKeys: String, CodingKey {
        case timestamps, course
        case confidence = "confidence_score"
        case smoothed = "smoothed_confidence"
    }
}

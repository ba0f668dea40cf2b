/// The course of a session in columns, one number a scored frame.
public struct TimeSeries: Codable, Sendable, Hashable {
    /// Seconds since the session began.
    public let timestamps: [Double]
    public let confidence: [Double]
    public let smoothed: [Double]

    init(of frames: [FrameData]) {
        timestamps = frames.map(\.timestamp)
        confidence = frames.map(\.confidenceScore)
        smoothed = frames.map(\.smoothedConfidence)
    }
}

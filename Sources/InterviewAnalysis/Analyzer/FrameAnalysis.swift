/// What the analyzer answers to a frame; in JSON the original's dictionary.
///
/// The level, its message, advice and color follow the smoothed score, so that a display does not flicker.
/// - Source: the result of `add_emotion_data` in section 8 of the original system's description.
public struct FrameAnalysis: Codable, Sendable, Hashable {
    /// Of this frame alone, 0…1.
    public let currentConfidence: Double
    /// Mean of the rolling window.
    public let smoothedConfidence: Double
    public let confidenceLevel: ConfidenceLevel
    public let message: String
    public let advice: String
    public let color: RGBColor
    /// Of the rolling window.
    public let stability: Stability

    init(currentConfidence: Double, smoothedConfidence: Double, stability: Stability) {
        self.currentConfidence = currentConfidence
        self.smoothedConfidence = smoothedConfidence
        confidenceLevel = ConfidenceLevel(score: smoothedConfidence)
        message = confidenceLevel.message
        advice = confidenceLevel.advice
        color = confidenceLevel.color
        self.stability = stability
    }

    enum CodingKeys: String, CodingKey {
        case currentConfidence = "current_confidence"
        case smoothedConfidence = "smoothed_confidence"
        case confidenceLevel = "confidence_level"
        case message, advice, color, stability
    }
}

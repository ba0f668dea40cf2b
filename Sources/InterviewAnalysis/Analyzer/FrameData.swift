public import Emotions

/// One scored frame; a session keeps all of them.
///
/// - Source: `FrameData` in section 9 of the original system's description, and the fields that evidence needs.
public struct FrameData: Codable, Sendable, Hashable {
    /// Number of the frame in its video or since the session began.
    public let frame: Int
    /// Seconds since the session began.
    public let timestamp: Double
    /// As the classifier gave them: corrections act on the score alone, so that it can be derived again.
    public let emotions: EmotionScores
    /// Interview confidence, 0…1.
    public let confidenceScore: Double
    /// Mean of the rolling window up to this frame.
    public let smoothedConfidence: Double
    public let dominantEmotion: Emotion
    public let source: FaceSource
    public let facePosition: FaceBox?
    public let faceID: Int32
    public let detectionScore: Double?
    public let quality: Double?

    /// False where the middle of the picture stood in for a face.
    public var faceDetected: Bool { source.foundFace }

    init(
        frame: Int, timestamp: Double, observation: FaceObservation, confidenceScore: Double,
        smoothedConfidence: Double
    ) {
        self.frame = frame
        self.timestamp = timestamp
        emotions = observation.emotions
        self.confidenceScore = confidenceScore
        self.smoothedConfidence = smoothedConfidence
        dominantEmotion = observation.emotions.dominant
        source = observation.source
        facePosition = observation.box
        faceID = observation.faceID
        detectionScore = observation.detectionScore
        quality = observation.quality
    }

    /// What the analyzer was told, to be told again.
    public var observation: FaceObservation {
        FaceObservation(
            emotions: emotions, box: facePosition, faceID: faceID, source: source, detectionScore: detectionScore,
            quality: quality)
    }

    enum CodingKeys: String, CodingKey {
        case frame, timestamp, emotions
        case confidenceScore = "confidence_score"
        case smoothedConfidence = "smoothed_confidence"
        case dominantEmotion = "dominant_emotion"
        case source = "detector"
        case facePosition = "face_position"
        case faceID = "face_id"
        case detectionScore = "detection_score"
        case quality
    }
}

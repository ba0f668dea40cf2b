public import Emotions

/// One scored frame; a session keeps all of them.
///
/// - Source: `FrameData` in section 9 of the original system's description, and the fields that evidence needs.
public struct FrameData: Sendable, Hashable {
    /// Number of the frame in its video or since the session began, 0 or more; rises from frame to frame.
    public let frame: Int
    /// Seconds since the session began.
    public let timestamp: Double
    /// Interview confidence, 0…1.
    public let confidenceScore: Double
    /// Mean of the rolling window up to this frame.
    public let smoothedConfidence: Double
    public let dominantEmotion: Emotion
    /// What the analyzer was told, to be told again.
    public let observation: FaceObservation

    /// The latest time a frame may have, in seconds: nearly four months, which only a broken clock exceeds.
    public static let latestTimestamp = 1e7

    /// As the classifier gave them: corrections act on the score alone, so that it can be derived again.
    public var emotions: EmotionScores { observation.emotions }
    public var stage: DetectionStage { observation.stage }
    public var faceBox: PixelBox? { observation.box }
    public var faceID: Int32 { observation.faceID }
    public var identityUncertain: Bool { observation.identityUncertain }
    public var detectionScore: Double? { observation.detectionScore }
    public var quality: FrameQuality? { observation.quality }
    public var landmarks: FaceLandmarks? { observation.landmarks }
    public var pose: FacePose? { observation.pose }
    public var movements: FaceMovements? { observation.movements }
    public var signals: [String: Double] { observation.signals }
    /// False where the middle of the picture stood in for a face.
    public var faceDetected: Bool { stage.isDetection }

    init(
        frame: Int, timestamp: Double, observation: FaceObservation, confidenceScore: Double,
        smoothedConfidence: Double
    ) {
        self.frame = frame
        self.timestamp = timestamp
        self.observation = observation
        self.confidenceScore = confidenceScore
        self.smoothedConfidence = smoothedConfidence
        dominantEmotion = observation.emotions.dominant
    }
}

extension FrameData: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        frame = try container.decode(Int.self, forKey: .frame)
        timestamp = try container.decode(Double.self, forKey: .timestamp)
        confidenceScore = try container.decode(Double.self, forKey: .confidenceScore)
        smoothedConfidence = try container.decode(Double.self, forKey: .smoothedConfidence)
        dominantEmotion = try container.decode(Emotion.self, forKey: .dominantEmotion)
        var observation = FaceObservation(
            emotions: try container.decode(EmotionScores.self, forKey: .emotions),
            box: try container.decodeIfPresent(PixelBox.self, forKey: .faceBox),
            faceID: try container.decode(Int32.self, forKey: .faceID),
            identityUncertain: try container.decodeIfPresent(Bool.self, forKey: .identityUncertain) ?? false,
            stage: try container.decode(DetectionStage.self, forKey: .detectionStage),
            quality: try container.decodeIfPresent(FrameQuality.self, forKey: .quality),
            signals: try container.decodeIfPresent([String: Double].self, forKey: .signals) ?? [:])
        observation.detectionScore = try container.decodeIfPresent(Double.self, forKey: .detectionScore)
        observation.landmarks = try container.decodeIfPresent(FaceLandmarks.self, forKey: .landmarks)
        observation.pose = try container.decodeIfPresent(FacePose.self, forKey: .pose)
        observation.movements = try container.decodeIfPresent(FaceMovements.self, forKey: .movements)
        self.observation = observation
    }

    /// What is not known, and what says nothing, is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(frame, forKey: .frame)
        try container.encode(timestamp, forKey: .timestamp)
        try container.encode(confidenceScore, forKey: .confidenceScore)
        try container.encode(smoothedConfidence, forKey: .smoothedConfidence)
        try container.encode(dominantEmotion, forKey: .dominantEmotion)
        try container.encode(emotions, forKey: .emotions)
        try container.encodeIfPresent(faceBox, forKey: .faceBox)
        try container.encode(faceID, forKey: .faceID)
        if identityUncertain { try container.encode(true, forKey: .identityUncertain) }
        try container.encode(stage, forKey: .detectionStage)
        try container.encodeIfPresent(detectionScore, forKey: .detectionScore)
        try container.encodeIfPresent(quality, forKey: .quality)
        try container.encodeIfPresent(landmarks, forKey: .landmarks)
        try container.encodeIfPresent(pose, forKey: .pose)
        try container.encodeIfPresent(movements, forKey: .movements)
        if !signals.isEmpty { try container.encode(signals, forKey: .signals) }
    }

    enum CodingKeys: String, CodingKey {
        case frame, timestamp, emotions
        case confidenceScore = "confidence_score"
        case smoothedConfidence = "smoothed_confidence"
        case dominantEmotion = "dominant_emotion"
        case detectionStage = "detection_stage"
        case faceBox = "face_box"
        case faceID = "face_id"
        case identityUncertain = "identity_uncertain"
        case detectionScore = "detection_score"
        case quality, landmarks, pose, movements, signals
    }
}

public import Emotions

/// What the facial model answers, in the original's JSON; unknown keys are passed over.
///
/// - Source: "Facial Model Output Format", section 8 of the original system's description.
public struct FacialResult: Codable, Sendable, Hashable {
    /// Absent means true; false makes the result as good as missing.
    public var success: Bool?
    public var emotions: LabelledEmotions?
    /// As the model names it, one of the seven or not.
    public var dominantEmotion: String?
    /// Probability of the dominant expression, 0…1.
    public var confidence: Double?
    /// Absent means false, as the original reads it.
    public var faceDetected: Bool?
    public var faceBox: PixelBox?

    public init(
        success: Bool? = nil, emotions: EmotionScores?, dominantEmotion: String? = nil, confidence: Double? = nil,
        faceDetected: Bool?, faceBox: PixelBox? = nil
    ) {
        self.success = success
        self.emotions = emotions.map { LabelledEmotions($0) }
        self.dominantEmotion = dominantEmotion
        self.confidence = confidence
        self.faceDetected = faceDetected
        self.faceBox = faceBox
    }

    enum CodingKeys: String, CodingKey {
        case success, emotions
        case dominantEmotion = "dominant_emotion"
        case confidence
        case faceDetected = "face_detected"
        case faceBox = "face_box"
    }
}

/// What the voice model answers, in the original's JSON.
///
/// - Source: "Voice Analysis Endpoint", section 8 of the original system's description.
public struct VoiceResult: Codable, Sendable, Hashable {
    public var success: Bool?
    public var emotions: LabelledEmotions?
    /// As the model names it, one of the seven or not.
    public var dominantEmotion: String?
    public var confidence: Double?

    public init(
        success: Bool? = nil, emotions: LabelledEmotions?, dominantEmotion: String? = nil, confidence: Double? = nil
    ) {
        self.success = success
        self.emotions = emotions
        self.dominantEmotion = dominantEmotion
        self.confidence = confidence
    }

    public init(emotions: EmotionScores) { self.init(emotions: LabelledEmotions(emotions)) }

    enum CodingKeys: String, CodingKey {
        case success, emotions
        case dominantEmotion = "dominant_emotion"
        case confidence
    }
}

/// What the text model answers, in the original's JSON.
///
/// - Source: "Text Analysis Endpoint", section 8 of the original system's description.
public struct TextResult: Codable, Sendable, Hashable {
    public var success: Bool?
    /// 0…100; absent counts as 50, as in the original.
    public var qualityScore: Double?
    public var qualityLabel: String?
    public var feedback: String?

    public init(
        success: Bool? = nil, qualityScore: Double?, qualityLabel: String? = nil, feedback: String? = nil
    ) {
        self.success = success
        self.qualityScore = qualityScore
        self.qualityLabel = qualityLabel
        self.feedback = feedback
    }

    enum CodingKeys: String, CodingKey {
        case success
        case qualityScore = "quality_score"
        case qualityLabel = "quality_label"
        case feedback
    }
}

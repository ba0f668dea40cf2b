import TensorEngine

// Results as JSON with the names of `emotion analyze --json`, see `Docs/Formats.md`; what can be derived is written for
// other programs and not read back.

extension FaceEmotion: Codable {
    /// Reads a face with its scores, as ``encode(to:)`` and `emotion analyze --json` write it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            face: try DetectedFace(from: decoder), scores: try container.decode(EmotionScores.self, forKey: .emotions),
            isUncertain: try container.decode(Bool.self, forKey: .uncertain))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(faceDetected, forKey: .faceDetected)
        try container.encode(dominantEmotion, forKey: .dominantEmotion)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(isUncertain, forKey: .uncertain)
        try container.encode(scores, forKey: .emotions)
        try face.encode(to: encoder)
    }

    enum CodingKeys: String, CodingKey {
        case faceDetected = "face_detected"
        case dominantEmotion = "dominant_emotion"
        case confidence, uncertain, emotions
    }
}

extension DetectionResult: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var size = try container.nestedUnkeyedContainer(forKey: .imageSize)
        let (width, height) = (try size.decode(Int.self), try size.decode(Int.self))
        self.init(
            faces: try container.decode([FaceEmotion].self, forKey: .faces),
            imageSize: Size(height: height, width: width),
            timings: try container.decode(StageTimings.self, forKey: .timings))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(faceDetected, forKey: .faceDetected)
        try container.encode(faces, forKey: .faces)
        try container.encode([imageSize.width, imageSize.height], forKey: .imageSize)
        try container.encode(timings, forKey: .timings)
    }

    enum CodingKeys: String, CodingKey {
        case faceDetected = "face_detected"
        case faces
        case imageSize = "image_size"
        case timings = "timings_ms"
    }
}

extension StageTimings: Codable {
    /// Reads the stages; their sum is derived.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            loadMilliseconds: try container.decode(Double.self, forKey: .load),
            faceSearchMilliseconds: try container.decode(Double.self, forKey: .detect),
            classificationMilliseconds: try container.decode(Double.self, forKey: .classify))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(loadMilliseconds, forKey: .load)
        try container.encode(faceSearchMilliseconds, forKey: .detect)
        try container.encode(classificationMilliseconds, forKey: .classify)
        try container.encode(totalMilliseconds, forKey: .total)
    }

    enum CodingKeys: String, CodingKey { case load, detect, classify, total }
}

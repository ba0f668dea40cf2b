import EmotionDetection
import FoundationEssentials
import InterviewAnalysis
import ReplyJSON

/// What the client is told of one frame of its session, but for `duplicate`, which depends on when it asks.
struct FrameReply {
    let timestamp: Double
    let number: Int
    var skipReason: SkipReason?
    var frame: FrameData?
    var face: FaceEmotion?
    var quality: CaptureQuality?
    var framing: FaceFraming?
    var analysis: FrameAnalysis?

    init(timestamp: Double, number: Int) {
        (self.timestamp, self.number) = (timestamp, number)
    }

    var json: JSONValue {
        [
            "timestamp": .number(timestamp), "frame": .integer(number), "face_detected": .boolean(face != nil),
            "skip_reason": .text(skipReason?.rawValue), "emotions": face?.scores.json ?? .null,
            "dominant_emotion": .text(face?.dominantEmotion.rawValue),
            "confidence": face.map { .rounded($0.confidence, digits: 6) } ?? .null,
            "uncertain": face.map { .boolean($0.isUncertain) } ?? .null,
            "confidence_score": frame.map { .rounded($0.confidenceScore, digits: 6) } ?? .null,
            "smoothed_confidence": frame.map { .rounded($0.smoothedConfidence, digits: 6) } ?? .null,
            "identity_uncertain": .boolean(frame?.identityUncertain ?? false),
            "face_box": face?.box.json ?? .null, "detection_stage": .text(face?.stage.rawValue),
            "quality": quality?.json ?? .null, "framing": framing?.json ?? .null,
            "analysis": analysis.flatMap { try? .written(LiveSession.json($0)) } ?? .null,
        ]
    }

    /// The stored answer with the one key that is not stored.
    static func answer(_ stored: [UInt8], isDuplicate: Bool) -> JSONValue {
        .written(Array("{\"duplicate\":\(isDuplicate),".utf8) + stored.dropFirst())
    }
}

extension InterviewAnalysis.FaceObservation {
    /// What a session keeps of a face.
    init(_ face: FaceEmotion, quality: CaptureQuality?, isUncertain: Bool) {
        let box = face.box
        self.init(
            emotions: face.scores, box: PixelBox(box), identityUncertain: isUncertain, stage: face.stage,
            quality: quality.map {
                FrameQuality(
                    score: $0.score, brightness: $0.brightness, contrast: $0.contrast, sharpness: $0.sharpness,
                    sidePixels: $0.sidePixels, visiblePart: $0.visiblePart)
            })
        detectionScore = Double(min(max(face.face.score, 0), 1))
        landmarks = face.landmarks.map { FaceLandmarks($0, in: box) }
        pose = quality?.pose.map { FacePose(roll: $0.roll, yaw: $0.yaw, pitch: $0.pitch) }
    }
}

extension FaceLandmarks {
    /// In parts of the face's box.
    fileprivate init(_ landmarks: Landmarks, in box: Rect) {
        func position(_ point: Point) -> Position {
            Position(x: (point.x - box.x) / box.width, y: (point.y - box.y) / box.height)
        }
        self.init(
            leftEye: position(landmarks.leftEye), rightEye: position(landmarks.rightEye),
            nose: position(landmarks.nose), mouthLeft: position(landmarks.mouthLeft),
            mouthRight: position(landmarks.mouthRight))
    }
}

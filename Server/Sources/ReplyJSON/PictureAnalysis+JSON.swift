public import EmotionDetection
public import InferenceQueue
public import InterviewAnalysis

extension PictureAnalysis {
    /// The reply of `POST /analyze/facial`; the keys at the top are those of the first face, the largest.
    public func json(model: ModelSpecification) -> JSONValue {
        guard let face = result.primaryFace else { return .null }
        let quality = qualities.first ?? nil
        return [
            "success": true, "emotions": face.scores.json, "dominant_emotion": .string(face.dominantEmotion.rawValue),
            "confidence": .rounded(face.confidence, digits: 6), "face_detected": .boolean(face.faceDetected),
            "face_box": face.box.json, "uncertain": .boolean(face.isUncertain),
            "detection_stage": .string(face.stage.rawValue), "quality": quality?.json ?? .null,
            "framing": FaceFraming(face, quality: quality, in: result.imageSize)?.json ?? .null,
            "faces": .array(zip(result.faces, qualities).map { $0.json(quality: $1) }),
            "model": [
                "name": .string(model.name), "version": .string(model.version), "sha256": .string(model.sha256),
            ],
            "timings_ms": timings,
            "image_size": .array([.integer(result.imageSize.width), .integer(result.imageSize.height)]),
            "reduced_by": .integer(reduction), "warnings": .array(warnings.map { .string("\($0)") }),
        ]
    }

    private var timings: JSONValue {
        let timings = result.timings
        return [
            "decode": .rounded(decodeMilliseconds, digits: 2), "load": .rounded(timings.loadMilliseconds, digits: 2),
            "detect": .rounded(timings.faceSearchMilliseconds, digits: 2),
            "classify": .rounded(timings.classificationMilliseconds, digits: 2),
            "total": .rounded(decodeMilliseconds + timings.totalMilliseconds, digits: 2),
        ]
    }

    /// What the fusion reads of it.
    public var facialResult: FacialResult? {
        guard let face = result.primaryFace else { return nil }
        return FacialResult(
            success: true, emotions: face.scores, dominantEmotion: face.dominantEmotion.rawValue,
            confidence: face.confidence, faceDetected: face.faceDetected, faceBox: PixelBox(face.box))
    }
}

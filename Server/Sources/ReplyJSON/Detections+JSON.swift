public import EmotionDetection
public import InterviewAnalysis

// What a picture shows, with the names of `Docs/Formats.md`; boxes are whole pixels, as in the original.

extension EmotionScores {
    public var json: JSONValue {
        .object(Emotion.allCases.map { .init($0.rawValue, .rounded(self[$0], digits: 6)) })
    }
}

extension Rect {
    /// `[x, y, width, height]`.
    public var json: JSONValue {
        .array([x, y, width, height].map { .integer(Int($0.rounded())) })
    }
}

extension Landmarks {
    /// The five points by name, each `[x, y]`.
    public var json: JSONValue {
        func pixels(_ point: Point) -> JSONValue {
            .array([.rounded(point.x, digits: 2), .rounded(point.y, digits: 2)])
        }
        return [
            "left_eye": pixels(leftEye), "right_eye": pixels(rightEye), "nose": pixels(nose),
            "mouth_left": pixels(mouthLeft), "mouth_right": pixels(mouthRight),
        ]
    }
}

extension CaptureQuality {
    /// What was measured, and what is wrong with it, the worst first; `reason` is for the person before the camera.
    public var json: JSONValue {
        [
            "good_enough": .boolean(isGoodEnough), "score": .rounded(score, digits: 3),
            "issues": .array(issues.map { .string($0.rawValue) }), "reason": .text(issue?.message),
            "brightness": .rounded(brightness, digits: 3), "contrast": .rounded(contrast, digits: 3),
            "sharpness": .rounded(sharpness, digits: 3), "side_pixels": .rounded(sidePixels, digits: 1),
            "visible_part": .rounded(visiblePart, digits: 3),
            "roll": pose.map { .rounded($0.roll, digits: 1) } ?? .null,
            "yaw": pose.map { .rounded($0.yaw, digits: 1) } ?? .null,
            "pitch": pose.map { .rounded($0.pitch, digits: 1) } ?? .null,
        ]
    }
}

extension FaceFraming {
    /// Where the face lies in the picture, and what to do about it.
    public var json: JSONValue {
        [
            "size": .rounded(size, digits: 3), "offset": .rounded(offset, digits: 3),
            "headroom": .rounded(headroom, digits: 3), "issues": .array(issues.map { .string($0.rawValue) }),
            "hints": .array(issues.map { .string($0.advice) }),
        ]
    }

    /// - Returns: nil for a face that is only assumed.
    public init?(_ face: FaceEmotion, quality: CaptureQuality?, in size: Size) {
        guard face.faceDetected else { return nil }
        self.init(
            box: PixelBox(face.box), pictureWidth: size.width, pictureHeight: size.height,
            brightness: quality?.brightness)
    }
}

extension PixelBox {
    /// Rounded to whole pixels.
    public init(_ box: Rect) {
        self.init(
            x: Int(box.x.rounded()), y: Int(box.y.rounded()), width: Int(box.width.rounded()),
            height: Int(box.height.rounded()))
    }
}

extension FaceEmotion {
    /// One face, whole.
    public func json(quality: CaptureQuality?) -> JSONValue {
        [
            "face_detected": .boolean(faceDetected), "dominant_emotion": .string(dominantEmotion.rawValue),
            "confidence": .rounded(confidence, digits: 6), "uncertain": .boolean(isUncertain), "emotions": scores.json,
            "face_box": box.json, "detection_score": .rounded(Double(face.score), digits: 6),
            "landmarks": landmarks?.json ?? .null, "detection_stage": .string(stage.rawValue),
            "quality": quality?.json ?? .null,
        ]
    }
}

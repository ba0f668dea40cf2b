public import Imaging

/// One face in a picture: where it lies, how sure the detector is, and which detector that was.
public struct DetectedFace: Hashable, Sendable, Codable {
    /// In pixels of the whole picture; may reach beyond the border where a face is cut off.
    public var imageBox: Rect
    /// The probability that this is a face, 0…1, by MTCNN's third network; a cascade's own where it is used alone.
    public var score: Float
    /// Five points in pixels of the whole picture; nil from a cascade that is used alone, and of an assumed face.
    public var landmarks: Landmarks?
    public var stage: DetectionStage

    public init(imageBox: Rect, score: Float, landmarks: Landmarks? = nil, stage: DetectionStage) {
        self.imageBox = imageBox
        self.score = score
        self.landmarks = landmarks
        self.stage = stage
    }

    /// The names of `emotion detect --json`, see `Docs/Formats.md`.
    enum CodingKeys: String, CodingKey {
        case imageBox = "face_box"
        case score = "detection_score"
        case landmarks
        case stage = "detection_stage"
    }
}

extension DetectedFace {
    /// The same face in a picture whose sides are `factor` times as long.
    public func scaled(by factor: Double) -> DetectedFace {
        var scaled = self
        scaled.imageBox = Rect(
            x: imageBox.x * factor, y: imageBox.y * factor, width: imageBox.width * factor,
            height: imageBox.height * factor)
        scaled.landmarks = landmarks.map { points in
            func moved(_ point: Point) -> Point { Point(x: point.x * factor, y: point.y * factor) }
            return Landmarks(
                leftEye: moved(points.leftEye), rightEye: moved(points.rightEye), nose: moved(points.nose),
                mouthLeft: moved(points.mouthLeft), mouthRight: moved(points.mouthRight))
        }
        return scaled
    }
}

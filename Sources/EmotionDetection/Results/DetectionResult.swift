public import TensorEngine

/// What was found in one picture.
public struct DetectionResult: Sendable {
    /// The faces with their scores in the order of the selection, by default the largest first; empty where there is none.
    public let faces: [FaceEmotion]
    /// Height and width of the picture in pixels.
    public let imageSize: Size
    /// How long each stage took.
    public let timings: StageTimings

    /// Whether a stage found a face; false where nothing was found or only the centre region was assumed.
    public var faceDetected: Bool { faces.contains(where: \.faceDetected) }

    /// The first face of the selection, by default the largest: the one that matters where one person is expected.
    public var primaryFace: FaceEmotion? { faces.first }
}

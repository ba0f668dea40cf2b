import EmotionDetection
import FaceMesh

/// What is known about one picture after it was analysed.
struct PictureAnalysis {
    let path: String
    let picture: PictureContent
    /// What was found, in pixels of the decoded picture.
    let found: DetectionResult
    /// Their meshes; nil where they were not asked for.
    let meshes: LocatedMeshes?
    let model: ModelSpecification
    let decodeMilliseconds: Double
    /// What locating the meshes took.
    let meshMilliseconds: Double

    /// What was found, in pixels of the picture in the file.
    var result: DetectionResult { found.scaled(by: picture.reduction, to: picture.originalSize) }

    /// How well a face of ``result`` is captured; nil for one that is only assumed.
    func quality(of face: FaceEmotion) -> CaptureQuality? {
        guard face.faceDetected else { return nil }
        return CaptureQuality(of: face.face.scaled(by: 1 / Double(picture.reduction)), in: picture.image)
    }

    /// Decoding, loading, face search, classification and meshes together.
    var totalMilliseconds: Double { decodeMilliseconds + found.timings.totalMilliseconds + meshMilliseconds }
}

/// The meshes of a picture's faces, and how they are drawn.
struct LocatedMeshes {
    /// One for each face, in pixels of the decoded picture; nil for one that is only assumed, or whose box spans no square.
    let faces: [MeshedFace?]
    let drawing: MeshDrawing
}

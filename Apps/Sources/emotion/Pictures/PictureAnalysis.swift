import EmotionDetection

/// What is known about one picture after it was analysed.
struct PictureAnalysis {
    let path: String
    let image: Image
    let result: DetectionResult
    let model: ModelSpecification
    let decodeMilliseconds: Double

    /// How well a face is captured; nil for one that is only assumed.
    func quality(of face: FaceEmotion) -> CaptureQuality? {
        face.faceDetected ? CaptureQuality(of: face.face, in: image) : nil
    }

    /// Decoding, loading, face search and classification together.
    var totalMilliseconds: Double { decodeMilliseconds + result.timings.totalMilliseconds }
}

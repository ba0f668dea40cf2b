import EmotionDetection

/// What is known about one picture after it was analysed.
struct PictureAnalysis {
    let path: String
    let image: Image
    let result: DetectionResult
    let model: ModelSpecification
    let decodeMilliseconds: Double

    /// Decoding, loading, face search and classification together.
    var totalMilliseconds: Double { decodeMilliseconds + result.timings.totalMilliseconds }
}

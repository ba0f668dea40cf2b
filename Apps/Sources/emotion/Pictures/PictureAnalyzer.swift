import EmotionDetection

/// Reads pictures and analyses them with one detector.
struct PictureAnalyzer: Sendable {
    let detector: EmotionDetector
    var reader = PictureReader()

    /// Decodes the picture and analyses it.
    func analyze(_ input: PictureInput) throws(PictureFailure) -> PictureAnalysis {
        let start = ContinuousClock.now
        let image = try reader.read(input)
        let decoded = ContinuousClock.now
        do {
            let result = try detector.detect(in: image)
            return PictureAnalysis(
                path: input.name, image: image, result: result, model: try detector.emotionModel,
                decodeMilliseconds: (decoded - start) / .milliseconds(1))
        } catch {
            throw PictureFailure(error)
        }
    }
}

import EmotionDetection

/// Reads pictures and analyses them with one detector.
struct PictureAnalyzer: Sendable {
    let detector: EmotionDetector
    var reader = PictureReader()

    /// Decodes the picture and analyses it.
    func analyze(_ input: PictureInput) throws(PictureFailure) -> PictureAnalysis {
        let start = ContinuousClock.now
        let picture = try reader.read(input)
        let decoded = ContinuousClock.now
        do {
            let found = try detector.detect(in: picture.image)
            return PictureAnalysis(
                path: input.name, picture: picture, found: found, model: try detector.emotionModel,
                decodeMilliseconds: (decoded - start) / .milliseconds(1))
        } catch {
            throw PictureFailure(error)
        }
    }
}

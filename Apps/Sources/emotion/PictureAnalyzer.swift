import EmotionDetection
import ImageCodecs

/// Reads pictures and analyses them with one detector.
struct PictureAnalyzer {
    let detector: EmotionDetector

    /// Decodes the picture at `path` and analyses it.
    func analyze(_ path: String) throws(PictureFailure) -> PictureAnalysis {
        let start = ContinuousClock.now
        let image: Image
        do { image = try ImageDecoder.decode(contentsOf: path) } catch { throw PictureFailure(error) }
        let decoded = ContinuousClock.now
        do {
            let result = try detector.detect(in: image)
            return PictureAnalysis(
                path: path, image: image, result: result, model: try detector.emotionModel,
                decodeMilliseconds: (decoded - start) / .milliseconds(1))
        } catch {
            throw PictureFailure(error)
        }
    }
}

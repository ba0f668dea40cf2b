import ArgumentParser
import EmotionDetection

/// The options that every command which looks for faces has.
struct DetectorOptions: ParsableArguments {
    @Option(name: .customLong("min-face"), help: "Smallest face to look for, in pixels.")
    var minimumFace = 20

    @Option(name: .customLong("weights"), help: "Weight file of the emotion network. (default: the bundled one)")
    var emotionWeights: String?

    @Option(name: .customLong("detector-weights"), help: "Weight file of MTCNN. (default: the bundled one)")
    var detectorWeights: String?

    func validate() throws {
        guard (12...8192).contains(minimumFace) else {
            throw ValidationError("--min-face must be between 12 (MTCNN's own window) and 8192, not \(minimumFace).")
        }
    }

    /// The detector's settings with these options in place.
    var configuration: EmotionDetector.Configuration {
        EmotionDetector.Configuration(
            emotionWeights: emotionWeights, faceDetectorWeights: detectorWeights,
            faceDetector: MTCNN.Configuration(minimumFace: minimumFace))
    }
}

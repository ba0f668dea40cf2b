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

    @Option(name: .customLong("cascade-weights"), help: "Weight file of the cascade. (default: the bundled one)")
    var cascadeWeights: String?

    func validate() throws {
        guard (MTCNN.Configuration.smallestMinimumFace...8192).contains(minimumFace) else {
            throw ValidationError(
                "--min-face must be between 12, the first network's window, and 8192, not \(minimumFace).")
        }
    }

    /// The detector's settings with these options in place.
    var configuration: EmotionDetector.Configuration {
        EmotionDetector.Configuration(
            emotionWeights: emotionWeights, faceDetectorWeights: detectorWeights, cascadeWeights: cascadeWeights,
            faceDetector: MTCNN.Configuration(minimumFace: minimumFace),
            cascade: HaarCascade.Configuration(
                minimumFace: max(minimumFace, HaarCascade.Configuration().minimumFace)))
    }
}

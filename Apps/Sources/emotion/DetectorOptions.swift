import ArgumentParser
import EmotionDetection

/// Which weight files are read for finding faces.
struct FaceWeightOptions: ParsableArguments {
    @Option(
        name: .customLong("detector-weights"),
        help: ArgumentHelp("Weight file of MTCNN. (default: the bundled one)", valueName: "file"))
    var detectorWeights: String?

    @Option(
        name: .customLong("cascade-weights"),
        help: ArgumentHelp("Weight file of the cascade. (default: the bundled one)", valueName: "file"))
    var cascadeWeights: String?

    @OptionGroup var folder: WeightsFolderOption

    /// A detector's settings with these options in place.
    var configuration: EmotionDetector.Configuration {
        EmotionDetector.Configuration(
            weightsFolder: folder.path, faceDetectorWeights: detectorWeights, cascadeWeights: cascadeWeights)
    }
}

/// Where the bundled weight files are looked for.
struct WeightsFolderOption: ParsableArguments {
    @Option(
        name: .customLong("weights-folder"),
        help: ArgumentHelp(
            "Folder of the bundled weight files. (default: the first that has them, see emotion doctor)",
            valueName: "folder"))
    var path: String?
}

/// Which weight file scores expressions.
struct EmotionWeightsOption: ParsableArguments {
    @Option(
        name: .customLong("weights"),
        help: ArgumentHelp("Weight file of the emotion network. (default: the bundled one)", valueName: "file"))
    var path: String?
}

/// How small a face may be.
struct SmallestFaceOption: ParsableArguments {
    @Option(
        name: .customLong("min-face"), help: ArgumentHelp("Smallest face to look for, in pixels.", valueName: "pixels"))
    var pixels = 20

    func validate() throws {
        guard (MTCNN.Configuration.smallestMinimumFace...8192).contains(pixels) else {
            throw ValidationError("--min-face must be between 12, the first network's window, and 8192, not \(pixels).")
        }
    }
}

extension EmotionDetector.Configuration {
    /// Has both stages look for faces of that size and larger.
    mutating func lookForFaces(of option: SmallestFaceOption) {
        faceDetector = MTCNN.Configuration(minimumFace: option.pixels)
        cascade = HaarCascade.Configuration(minimumFace: max(option.pixels, HaarCascade.Configuration().minimumFace))
    }
}

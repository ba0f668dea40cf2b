import ArgumentParser
import EmotionDetection
import FileNames

/// Which weight files are read for finding faces.
struct FaceWeightOptions: ParsableArguments {
    @OptionGroup var detectorWeights: DetectorWeightsOption

    @Option(
        name: .customLong("cascade-weights"),
        help: ArgumentHelp("Weight file of the cascade. (default: the bundled one)", valueName: "file"))
    var cascadeWeights: String?

    @OptionGroup var folder: WeightsFolderOption

    /// A detector's settings with these options in place.
    var configuration: EmotionDetector.Configuration {
        var configuration = EmotionDetector.Configuration(weightsFolder: folder.path)
        configuration.faceDetectorWeights = detectorWeights.path
        configuration.cascadeWeights = cascadeWeights.map(FileName.openable)
        return configuration
    }
}

/// Which weight file finds faces.
struct DetectorWeightsOption: ParsableArguments {
    @Option(
        name: .customLong("detector-weights"),
        help: ArgumentHelp("Weight file of MTCNN. (default: the bundled one)", valueName: "file"))
    var file: String?

    var path: String? { file.map(FileName.openable) }
}

/// Where the bundled weight files are looked for.
struct WeightsFolderOption: ParsableArguments {
    @Option(
        name: .customLong("weights-folder"),
        help: ArgumentHelp(
            "Folder of the bundled weight files. (default: the first that has them, see emotion doctor)",
            valueName: "folder"))
    var folder: String?

    var path: String? { folder.map(FileName.openable) }
}

/// Which weight file scores expressions.
struct EmotionWeightsOption: ParsableArguments {
    @Option(
        name: .customLong("weights"),
        help: ArgumentHelp("Weight file of the emotion network. (default: the bundled one)", valueName: "file"))
    var file: String?

    var path: String? { file.map(FileName.openable) }
}

/// How small and how doubtful a face may be.
struct SmallestFaceOption: ParsableArguments {
    @Option(
        name: .customLong("min-face"),
        help: ArgumentHelp(
            "Smallest face to look for, in pixels of the picture as it is read: of one that is reduced, by half say, twice "
                + "as many of its own.", valueName: "pixels"))
    var pixels = 20

    @Option(name: .customLong("min-score"), help: ArgumentHelp("Least score of a face, 0 to 1.", valueName: "score"))
    var score = FaceDetectorChain.Configuration().minimumScore

    func validate() throws {
        guard (0...1).contains(score) else {
            throw ValidationError("--min-score must be between 0 and 1, not \(score).")
        }
        guard (MTCNN.Configuration.smallestMinimumFace...8192).contains(pixels) else {
            throw ValidationError("--min-face must be between 12, the first network's window, and 8192, not \(pixels).")
        }
    }
}

extension EmotionDetector.Configuration {
    /// Has both stages look for faces of that size and larger, and of that score and more.
    mutating func lookForFaces(of option: SmallestFaceOption) {
        faceDetector = MTCNN.Configuration(minimumFace: option.pixels)
        cascade = HaarCascade.Configuration(minimumFace: max(option.pixels, HaarCascade.Configuration().minimumFace))
        search.minimumScore = option.score
    }
}

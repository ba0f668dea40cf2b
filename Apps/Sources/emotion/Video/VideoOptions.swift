import ArgumentParser
import EmotionDetection
import FileNames
import InterviewAnalysis

/// The options that every command which watches an interview has.
struct VideoOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write the session as JSON.", valueName: "file"))
    var json: String?

    @Option(
        help: ArgumentHelp("Write a table: one row a face a frame, success 0 where none was scored.", valueName: "file")
    )
    var csv: String?

    @Option(help: ArgumentHelp("Write the report as one HTML file.", valueName: "file"))
    var report: String?

    @Option(help: ArgumentHelp("The session's name in the report.", valueName: "text"))
    var title: String?

    @Option(
        name: .customLong("every"),
        help: ArgumentHelp("Look at every N-th frame. (default: \(VideoOptions.usualInterval))", valueName: "N"))
    var givenInterval: Int?

    @Option(
        help: ArgumentHelp(
            "Instead of every N-th frame, as many as fit into this share of all processor cores.",
            valueName: "percent"))
    var cpuBudget: Double?

    @Option(
        name: .customLong("max-side"),
        help: ArgumentHelp(
            "Longest side to which frames are reduced, in pixels. (default: \(VideoOptions.usualMaxSide))",
            valueName: "pixels"))
    var givenMaxSide: Int?

    @Option(
        name: .customLong("min-face"),
        help: ArgumentHelp("Smallest face to look for, in pixels of the reduced frame.", valueName: "pixels"))
    var minimumFace = MTCNN.Configuration.webcam.minimumFace

    @Flag(
        inversion: .prefixedNo,
        help: """
            Follow eyes, brows, mouth and head through every frame by their mesh; with --cpu-budget through those that are \
            looked at.
            """)
    var mesh = true

    @OptionGroup var emotionWeights: EmotionWeightsOption

    @OptionGroup var detectorWeights: DetectorWeightsOption

    @OptionGroup var weightsFolder: WeightsFolderOption

    private static let usualInterval = 5
    private static let usualMaxSide = 640

    var every: Int { givenInterval ?? Self.usualInterval }

    var maxSide: Int { givenMaxSide ?? Self.usualMaxSide }

    func validate() throws {
        guard (1...1000).contains(every) else { throw ValidationError("--every must be 1 to 1000, not \(every).") }
        if givenInterval != nil && cpuBudget != nil {
            throw ValidationError("--every and --cpu-budget exclude each other.")
        }
        if let cpuBudget, !(cpuBudget >= 1 && cpuBudget <= 100) {
            throw ValidationError("--cpu-budget must be 1 to 100 percent, not \(cpuBudget).")
        }
        guard (64...4096).contains(maxSide) else {
            throw ValidationError("--max-side must be 64 to 4096, not \(maxSide).")
        }
        guard (12...4096).contains(minimumFace) else {
            throw ValidationError("--min-face must be 12 (MTCNN's own window) to 4096, not \(minimumFace).")
        }
    }

    /// The detector's settings with these options in place.
    var configuration: EmotionDetector.Configuration {
        var faceDetector = MTCNN.Configuration.webcam
        faceDetector.minimumFace = minimumFace
        var configuration = EmotionDetector.Configuration(
            weightsFolder: weightsFolder.path, emotionWeights: emotionWeights.path, faceDetector: faceDetector)
        configuration.faceDetectorWeights = detectorWeights.path
        return configuration
    }

    /// The weight files that are read.
    var weightPaths: [String] {
        configuration.weightPaths + (mesh ? FaceMesher.weightPaths(in: configuration.weightSearch) : [])
    }

    /// A session over a detector with these options in place.
    ///
    /// - Returns: the session, whose model it asks, and how meshes are drawn; nil where none are located.
    func makeSession() throws -> (session: VideoEmotionSession, model: ModelSpecification, drawing: MeshDrawing?) {
        let detector = try EmotionDetector(configuration)
        // A weight file that is not there is told before the recording begins.
        let drawing = mesh ? MeshDrawing(edges: try detector.faceMesher().edges) : nil
        let configuration = VideoEmotionSession.Configuration(locatesMeshes: mesh)
        return (VideoEmotionSession(detector, configuration: configuration), try detector.emotionModel, drawing)
    }

    var pace: FramePace { cpuBudget.map { FramePace(budgetPercent: $0) } ?? FramePace(every: every) }
}

extension ModelSpecification {
    /// The model as a session names it.
    var identity: SessionDetails.ModelIdentity { .init(name: name, version: version, sha256: sha256) }

    /// How a session with this model's answers is analysed: what the model calls a guess is uncertain there as well.
    var analyzerConfiguration: AnalyzerConfiguration {
        AnalyzerConfiguration(uncertainty: UncertaintyRule(minimumProbability: uncertainBelow))
    }
}

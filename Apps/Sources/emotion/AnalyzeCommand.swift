import ArgumentParser
import ConsoleOutput
import EmotionDetection
import FaceMesh
import ForeignPictures

/// `emotion analyze`: the faces of pictures and the expression of each.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Finds faces and scores seven expressions on each.",
        discussion: """
            Where no face is found, the middle of the picture is scored as if it were one and marked as such \
            (face_detected is false); the exit status is 3 when that is so in every picture.

            \(PictureArguments.discussion)
            """)

    @OptionGroup var pictures: PictureArguments

    @Flag(help: "Print one JSON object a picture, a line each.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Write the picture with its faces marked, as PNG or JPEG, in the size at which it was read.",
            valueName: "file"))
    var overlay: String?

    @Flag(
        help: """
            Locate the mesh of each face as well: its points, blendshapes and head pose in --json, its lines in --overlay.
            """)
    var mesh = false

    @Flag(inversion: .prefixedNo, help: "Score the middle of a picture in which no face is found.")
    var assumeFace = true

    @OptionGroup var faces: SelectionOptions

    @OptionGroup var smallestFace: SmallestFaceOption

    @OptionGroup var crops: CropOptions

    @OptionGroup var emotionWeights: EmotionWeightsOption

    @OptionGroup var faceWeights: FaceWeightOptions

    @OptionGroup var work: JobsOption

    @OptionGroup var limits: PictureLimitOptions

    func validate() throws { try OverlayFormat.check(overlay, for: pictures) }

    func run() throws {
        let items = pictures.items
        try OverlayFormat.check(overlay, for: items)
        var configuration = faceWeights.configuration
        configuration.emotionWeights = emotionWeights.path
        configuration.lookForFaces(of: smallestFace)
        configuration.assumesFaceIfNotDetected = assumeFace
        configuration.loading = .onFirstUse
        configuration.search.selection = faces.selection
        configuration.cropping = crops.cropping
        var plan = try OutputPlan(
            reading: items.map(\.name) + configuration.weightPaths
                + (mesh ? FaceMesher.weightPaths(in: configuration.weightSearch) : []))
        let overlayFile = try plan.open(overlay, for: "--overlay")
        let analyzer = PictureAnalyzer(
            detector: try EmotionDetector(configuration), reader: PictureReader(limits: limits.limits),
            locatesMeshes: mesh)
        let (format, json, inColor) = (overlay.flatMap(OverlayFormat.init), json, Console.showsColor)
        try PictureRun(items: items, jobs: work.jobs, asJSON: json, overlay: overlayFile).run {
            (input) throws(PictureFailure) in
            let analysis = try analyzer.analyze(input)
            return PictureAnswer(
                lines: json ? [analysis.json.text] : analysis.lines(inColor: inColor),
                faceDetected: analysis.result.faceDetected, overlay: try format.map(analysis.encodedOverlay),
                warnings: analysis.picture.warnings)
        }
    }
}

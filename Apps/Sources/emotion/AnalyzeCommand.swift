import ArgumentParser
import ConsoleOutput
import EmotionDetection
import ImageCodecs

/// `emotion analyze`: the faces of pictures and the expression of each.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Finds faces and scores seven expressions on each.",
        discussion: """
            Where no face is found, the middle of the picture is scored as if it were one and marked as such \
            (face_detected is false); the exit status is 3 when that is so in every picture.
            """)

    @Argument(help: ArgumentHelp("JPEG or PNG files.", valueName: "image"))
    var images: [String]

    @Flag(help: "Print one JSON object a picture, a line each.")
    var json = false

    @Option(help: ArgumentHelp("Write the picture with its faces marked, as PNG or JPEG.", valueName: "file"))
    var overlay: String?

    @Flag(inversion: .prefixedNo, help: "Score the middle of a picture in which no face is found.")
    var assumeFace = true

    @OptionGroup var faces: SelectionOptions

    @OptionGroup var options: DetectorOptions

    func validate() throws {
        if overlay != nil && images.count > 1 {
            throw ValidationError("--overlay takes one picture, \(images.count) were given.")
        }
        if let overlay, OverlayFormat(path: overlay) == nil {
            throw ValidationError("--overlay writes .png, .jpg or .jpeg files, not \(overlay).")
        }
    }

    func run() throws {
        var configuration = options.configuration
        configuration.assumesFaceIfNotDetected = assumeFace
        configuration.loading = .onFirstUse
        configuration.search.selection = faces.selection
        var plan = try OutputPlan(reading: images + configuration.weightPaths)
        let overlay = try plan.open(overlay, for: "--overlay")
        let analyzer = PictureAnalyzer(detector: try EmotionDetector(configuration))
        var (failures, finds) = (0, 0)
        for image in images where Console.outputFailure == nil {
            do {
                let analysis = try analyzer.analyze(image)
                if let overlay { try analysis.write(overlayTo: overlay) }
                if analysis.result.faceDetected { finds += 1 }
                if json {
                    Console.print(analysis.json.text)
                } else {
                    analysis.lines(inColor: Console.showsColor).forEach(Console.print)
                }
            } catch {
                failures += 1
                error.report(for: image, asJSON: json)
            }
        }
        try ExitStatus(failures: failures, finds: finds).leave()
    }
}

import ArgumentParser
import ConsoleOutput
import EmotionDetection
import ImageCodecs

/// `emotion detect`: the faces of pictures, without their expressions.
struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Finds faces: box, score, five landmarks, and the stage that found each.")

    @Argument(help: ArgumentHelp("JPEG or PNG files.", valueName: "image"))
    var images: [String]

    @Flag(help: "Print one JSON object a picture, a line each.")
    var json = false

    @OptionGroup var faces: SelectionOptions

    @OptionGroup var options: DetectorOptions

    func run() throws {
        var configuration = options.configuration
        configuration.loading = .onFirstUse
        configuration.search.selection = faces.selection
        _ = try OutputPlan(reading: images + configuration.weightPaths)
        let detector = try EmotionDetector(configuration)
        var (failures, finds) = (0, 0)
        for path in images where Console.outputFailure == nil {
            do {
                let start = ContinuousClock.now
                let faces = try detect(in: path, with: detector)
                let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
                if !faces.isEmpty { finds += 1 }
                if json {
                    Console.print(DetectCommand.json(of: faces, in: path, milliseconds: milliseconds).text)
                } else {
                    DetectCommand.lines(for: faces, in: path).forEach(Console.print)
                }
            } catch {
                failures += 1
                error.report(for: path, asJSON: json)
            }
        }
        try ExitStatus(failures: failures, finds: finds).leave()
    }

    private func detect(
        in path: String, with detector: EmotionDetector
    ) throws(PictureFailure) -> [DetectedFace] {
        let image: Image
        do { image = try ImageDecoder.decode(contentsOf: path) } catch { throw PictureFailure(error) }
        do { return try detector.detectFaces(in: image) } catch { throw PictureFailure(error) }
    }

    private static func json(of faces: [DetectedFace], in path: String, milliseconds: Double) -> JSONValue {
        .object([
            .init("image", .string(path)),
            .init("success", .boolean(true)),
            .init("face_detected", .boolean(!faces.isEmpty)),
            .init("faces", .array(faces.map { .object($0.jsonMembers) })),
            .init("timings_ms", .object([.init("total", .decimal(milliseconds, digits: 2))])),
        ])
    }

    private static func lines(for faces: [DetectedFace], in path: String) -> [String] {
        let count = faces.count == 1 ? "1 face" : "\(faces.count) faces"
        var table = Table(.left, .right, .right, .right, .right, .right, .left)
        for face in faces {
            let box = [face.imageBox.x, face.imageBox.y, face.imageBox.width, face.imageBox.height]
                .map { FixedDecimal.text($0, digits: 1) ?? "?" }
            let score = FixedDecimal.text(Double(face.score), digits: 4) ?? "?"
            table.append("  box", box[0], box[1], box[2], box[3], score, face.stage.rawValue)
        }
        return ["\(path)  \(count)"] + table.lines
    }
}

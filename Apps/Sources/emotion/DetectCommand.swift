import ArgumentParser
import ConsoleOutput
import EmotionDetection
import FileNames

/// `emotion detect`: the faces of pictures, without their expressions.
struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Finds faces: box, score, five landmarks, and the stage that found each.",
        discussion: PictureArguments.discussion)

    @OptionGroup var pictures: PictureArguments

    @Flag(help: "Print one JSON object a picture, a line each.")
    var json = false

    @Option(
        name: .customLong("crops"),
        help: ArgumentHelp(
            "Write each face, cut out as the emotion network sees it, as DIR/<picture>-<number>.png.", valueName: "dir")
    )
    var cropFolder: String?

    @OptionGroup var faces: SelectionOptions

    @OptionGroup var smallestFace: SmallestFaceOption

    @OptionGroup var crops: CropOptions

    @OptionGroup var faceWeights: FaceWeightOptions

    @OptionGroup var work: JobsOption

    @OptionGroup var limits: PictureLimitOptions

    func validate() throws {
        if let option = crops.given, cropFolder == nil {
            throw ValidationError("\(option) says how --crops cuts, which is missing.")
        }
    }

    func run() throws {
        var configuration = faceWeights.configuration
        configuration.lookForFaces(of: smallestFace)
        configuration.loading = .onFirstUse
        configuration.search.selection = faces.selection
        configuration.cropping = crops.cropping
        let items = pictures.items
        _ = try OutputPlan(reading: items.map(\.name) + configuration.weightPaths)
        let folder = try folder(for: items.map(\.name))
        let (detector, reader, json) = (
            try EmotionDetector(configuration), PictureReader(limits: limits.limits), json
        )
        try PictureRun(items: items, jobs: work.jobs, asJSON: json).run { (input) throws(PictureFailure) in
            let start = ContinuousClock.now
            let picture = try reader.read(input)
            let found: [DetectedFace]
            do throws(EmotionDetectorError) { found = try detector.detectFaces(in: picture.image) } catch {
                throw PictureFailure(error)
            }
            let faces = found.map { $0.scaled(by: Double(picture.reduction)) }
            let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
            let files = try folder?.write(found, of: picture.image, from: input.name)
            let lines =
                json
                ? [Self.json(of: faces, cropped: files, in: picture, input.name, milliseconds: milliseconds).text]
                : Self.lines(for: faces, in: input.name)
            return PictureAnswer(lines: lines, faceDetected: !faces.isEmpty, warnings: picture.warnings)
        }
    }

    /// The folder that ``cropFolder`` names, ready to be filled.
    private func folder(for pictures: [String]) throws -> CropFolder? {
        do throws(CropFolderError) {
            guard let cropFolder else { return nil }
            return try CropFolder(cropFolder, cropping: crops.cropping, for: pictures)
        } catch {
            if case .replacesInput = error { throw UsageRefusal("\(error)") }
            throw error
        }
    }

    private static func json(
        of faces: [DetectedFace], cropped files: [String]?, in picture: PictureContent, _ path: String,
        milliseconds: Double
    ) -> JSONValue {
        .object(
            JSONValue.Member.image(path) + [
                .init("success", .boolean(true)),
                .init("face_detected", .boolean(!faces.isEmpty)),
                .init(
                    "faces",
                    .array(
                        faces.indices.map { index in
                            let crop = files.map { JSONValue.Member.file("crop", $0[index]) } ?? []
                            return .object(faces[index].jsonMembers + crop)
                        })),
                .init("timings_ms", .object([.init("total", .decimal(milliseconds, digits: 2))])),
            ] + picture.jsonMembers)
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
        return ["\(FileName.shown(path))  \(count)"] + table.lines
    }
}

import ArgumentParser
import ConsoleOutput
import EmotionDetection
import FaceMesh
import FileNames
import ImageCodecs

/// `emotion mesh`: 478 points, blendshapes, head pose and gaze of each face.
struct MeshCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mesh",
        abstract: "Locates 478 points of each face: blendshapes, head pose, gaze.",
        discussion: """
            What a face does, not what its owner feels.

            \(PictureArguments.discussion)
            """)

    @OptionGroup var pictures: PictureArguments

    @Flag(help: "Print one JSON object a picture, a line each.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Write the picture with the mesh of its faces, as PNG or JPEG, in the size at which it was read.",
            valueName: "file"))
    var overlay: String?

    @OptionGroup var faces: SelectionOptions

    @OptionGroup var smallestFace: SmallestFaceOption

    @OptionGroup var faceWeights: FaceWeightOptions

    @OptionGroup var work: JobsOption

    @OptionGroup var limits: PictureLimitOptions

    func validate() throws { try OverlayFormat.check(overlay, for: pictures) }

    func run() throws {
        let items = pictures.items
        try OverlayFormat.check(overlay, for: items)
        var configuration = faceWeights.configuration
        configuration.lookForFaces(of: smallestFace)
        configuration.loading = .onFirstUse
        configuration.search.selection = faces.selection
        let search = configuration.weightSearch
        var plan = try OutputPlan(
            reading: items.map(\.name) + configuration.weightPaths + FaceMesher.weightPaths(in: search))
        let overlayFile = try plan.open(overlay, for: "--overlay")
        let (detector, reader) = (try EmotionDetector(configuration), PictureReader(limits: limits.limits))
        let loaded = Result { () throws(FaceMesherError) in try FaceMesher(in: search) }
        let (format, json) = (overlay.flatMap(OverlayFormat.init), json)
        try PictureRun(items: items, jobs: work.jobs, asJSON: json, overlay: overlayFile).run {
            (input) throws(PictureFailure) in
            let mesher: FaceMesher
            do throws(FaceMesherError) { mesher = try loaded.get() } catch { throw PictureFailure(error) }
            let start = ContinuousClock.now
            let picture = try reader.read(input)
            let found: [DetectedFace]
            do throws(EmotionDetectorError) { found = try detector.detectFaces(in: picture.image) } catch {
                throw PictureFailure(error)
            }
            let faces = found.map { face in
                FoundMesh(
                    face: face,
                    mesh: mesher.mesh(box: face.imageBox, landmarks: face.landmarks, in: picture.image))
            }
            let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
            let scaled = faces.map { $0.scaled(by: Double(picture.reduction)) }
            let lines =
                json
                ? [Self.json(of: scaled, in: picture, input.name, milliseconds: milliseconds).text]
                : Self.lines(for: scaled, in: input.name)
            let marked: [UInt8]?
            do throws(ImageEncodingError) {
                marked = try format?.encode(
                    picture.image.meshed(
                        with: faces.compactMap(\.mesh), by: MeshDrawing(edges: mesher.edges)))
            } catch {
                throw PictureFailure(error)
            }
            return PictureAnswer(
                lines: lines, faceDetected: !faces.isEmpty, overlay: marked, warnings: picture.warnings)
        }
    }

    private static func json(
        of faces: [FoundMesh], in picture: PictureContent, _ path: String, milliseconds: Double
    ) -> JSONValue {
        .object(
            JSONValue.Member.image(path) + [
                .init("success", .boolean(true)),
                .init("face_detected", .boolean(!faces.isEmpty)),
                .init(
                    "faces",
                    .array(faces.map { .object($0.face.jsonMembers + [.init("mesh", $0.mesh?.json ?? .null)]) })),
                .init("timings_ms", .object([.init("total", .decimal(milliseconds, digits: 2))])),
            ] + picture.jsonMembers)
    }

    private static func lines(for faces: [FoundMesh], in path: String) -> [String] {
        let count = faces.count == 1 ? "1 face" : "\(faces.count) faces"
        return ["\(FileName.shown(path))  \(count)"] + faces.map { "  " + ($0.mesh?.sentence ?? "no mesh") }
    }
}

/// A face and its mesh; nil where its box gives no region to look at.
struct FoundMesh {
    let face: DetectedFace
    let mesh: MeshedFace?

    func scaled(by factor: Double) -> FoundMesh {
        FoundMesh(face: face.scaled(by: factor), mesh: mesh?.scaled(by: factor))
    }
}

import ConsoleOutput
import EmotionDetection
import InterviewAnalysis
import MediaStreams
import ProcessSignals

/// Draws what was seen over each frame and sends it to an encoder.
final class OverlayWriter {
    private let output: OutputFile
    private let encoder: ChildProcess
    /// Draws the mesh of the face that is shown; nil where it was not asked for.
    private let meshDrawing: MeshDrawing?
    /// Where the sound comes from, and the file of pictures alone that it is joined with; nil without sound.
    private let sound: (source: VideoFile, pictures: String)?

    /// Starts to write the video.
    ///
    /// - Parameters:
    ///   - source: whose sound the video gets. A pipe gets the pictures alone, as they come.
    ///   - meshDrawing: draws the mesh of the face; none where nil.
    init(
        to output: OutputFile, of frames: any FrameSource, soundOf source: VideoFile?, meshDrawing: MeshDrawing? = nil
    ) throws {
        self.meshDrawing = meshDrawing
        let (path, isSeekable) = try output.pathForChild()
        self.output = output
        if let source, !source.sound.isEmpty, isSeekable {
            let pictures = path + ".silent"
            TemporaryFiles.add(pictures)
            sound = (source, pictures)
        } else {
            sound = nil
            if source?.sound.isEmpty == false {
                Console.report("emotion: \(output.path) is a pipe and gets pictures without the sound")
            }
        }
        encoder = try FFmpeg.encoder(to: sound?.pictures ?? path, isSeekable: isSeekable, of: frames)
    }

    deinit {
        if let sound { TemporaryFiles.remove(sound.pictures) }
    }

    /// Writes the current frame of `source`; frames that were not looked at show what was seen last.
    ///
    /// - Parameters:
    ///   - meshes: those of this frame, by the ids of the people.
    ///   - hint: one thing to try, shown below the score.
    func write(
        frameOf source: any FrameSource, seen: VideoFrame?, meshes: [Int: MeshedFace] = [:], advice: FrameAnalysis?,
        hint: String?
    ) throws(OutputError) {
        let image = Image(width: source.widthPixels, height: source.heightPixels, pixels: source.pixels)
        let shown = seen?.shownFace
        let annotations = shown.flatMap(Self.annotation).map { [$0] } ?? []
        var canvas = Canvas(image.annotated(with: annotations))
        if let mesh = shown.flatMap({ meshes[$0.id] }) { meshDrawing?.draw(mesh, on: &canvas) }
        let head = advice.flatMap { annotations.isEmpty ? nil : Self.words(for: $0) }
        Self.draw(head ?? seen?.wordsWithoutScore ?? "", below: head == nil ? nil : hint, on: &canvas)
        do throws(MediaError) {
            try encoder.pipe.write(source.framing)
            try encoder.pipe.write(canvas.image.pixels)
        } catch {
            // That nobody reads any more tells less than how the encoder ended.
            try finishEncoder()
            throw OutputError(path: output.path, isLost: true, reason: error.description)
        }
    }

    /// Closes the video, adds the sound and gives it its name.
    ///
    /// - Parameter seconds: where the sound is to end; nil for its own end.
    func finish(soundUntil seconds: Double? = nil) throws {
        try finishEncoder()
        if let sound {
            let (path, _) = try output.pathForChild()
            do { try FFmpeg.join(sound.pictures, withSoundOf: sound.source, to: path, until: seconds) } catch {
                // The pictures are worth having without it.
                try? FFmpeg.join(sound.pictures, withSoundOf: nil, to: path)
                try output.commit()
                throw MissingSound(path: output.path, reason: error.description)
            }
        }
        try output.commit()
    }

    /// The sound could not be added.
    private struct MissingSound: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String { "\(path) has no sound: \(reason)" }
    }

    private func finishEncoder() throws(OutputError) {
        do { try encoder.finish() } catch {
            throw OutputError(path: output.path, isLost: true, reason: error.description)
        }
        let messages = encoder.messages
        guard messages.tellsOfFailedWriting else { return }
        throw OutputError(path: output.path, isLost: true, reason: messages.reason ?? "ffmpeg could not write it")
    }

    private static func annotation(of face: VideoFace) -> FaceAnnotation? {
        guard let emotions = face.emotions, !face.isCrowded else { return nil }
        let percent = FixedDecimal.text(emotions[emotions.dominant] * 100, digits: 0) ?? "?"
        return FaceAnnotation(
            box: face.face.imageBox, title: emotions.dominant.rawValue, detail: "\(percent) %",
            points: face.face.landmarks?.points ?? [])
    }

    private static func words(for advice: FrameAnalysis) -> String {
        let shown = ShownScore(advice.smoothedConfidence)
        return "Score \(shown.points)  \(shown.appearance)"
    }

    /// A band along the bottom: score and level, or why there is none, and advice below.
    private static func draw(_ head: String, below hint: String?, on canvas: inout Canvas) {
        let (width, height) = (Double(canvas.image.width), Double(canvas.image.height))
        let unit = max(8, min(width, height) * 0.03)
        canvas.fill(
            Rect(x: 0, y: height - 4.6 * unit, width: width, height: 4.6 * unit), color: Color(hex: 0x14181F),
            opacity: 0.72)
        write(head, at: Point(x: unit, y: height - 2.9 * unit), height: unit, weight: 1.7, on: &canvas)
        if let hint {
            write(hint, at: Point(x: unit, y: height - 1.1 * unit), height: unit * 0.8, weight: 1.1, on: &canvas)
        }
    }

    /// One line, made smaller where it would not fit.
    private static func write(_ text: String, at point: Point, height: Double, weight: Double, on canvas: inout Canvas)
    {
        var style = TextStyle(capitalHeight: height, color: .white, weight: weight)
        let room = Double(canvas.image.width) - 2 * point.x
        style.capitalHeight *= min(1, room / max(1, Canvas.width(of: text, style: style)))
        canvas.draw(text, at: point, style: style)
    }
}

extension VideoFrame {
    /// The face to show; none of somebody who comes while the interviewee is away, who may be anybody.
    fileprivate var shownFace: VideoFace? {
        if case .absent = intervieweeState { nil } else { leading }
    }

    /// Why the frame has no score; nobody is said to be away who is to be seen.
    fileprivate var wordsWithoutScore: String {
        if faces.isEmpty { return "No face found" }
        if leading?.isCrowded == true { return "No score: another head is too close" }
        switch intervieweeState {
        case .unsure(_, .sharesPlace): return "No score: another head is too close"
        case .absent where leading == nil: return "No score: somebody else in view"
        case .absent, .unsure, .selecting, .locked: return "No score: not clear whose face counts"
        }
    }
}

import ArgumentParser
import ConsoleOutput
import EmotionDetection
import InterviewAnalysis
import MediaStreams

/// `emotion video`: a recorded practice interview, frame by frame.
struct VideoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "video", abstract: "Analyses a recorded practice interview.",
        discussion: """
            Videos are read through ffmpeg, turned upright, each frame with its own time. With - raw RGB frames \
            (8 bits a sample, no padding) come from standard input; --width and --height are then needed. \
            A name that begins with /dev/video is a camera. Exit status 3: no face in the whole video.
            """)

    @Argument(help: ArgumentHelp("A video file, or - for raw frames.", valueName: "file"))
    var file: String

    @OptionGroup var options: VideoOptions

    @Option(
        help: ArgumentHelp("Write the video with box, expression, confidence and advice (.mp4).", valueName: "file"))
    var overlay: String?

    @Option(
        name: .customLong("question"),
        help: ArgumentHelp(
            "A question and when it begins, in seconds or as 2:02; may be given often.", valueName: "label@time"))
    var questions: [QuestionOption] = []

    @Option(help: "Width of raw frames.")
    var width: Int?

    @Option(help: "Height of raw frames.")
    var height: Int?

    @Option(help: "Raw frames a second.")
    var fps = 30.0

    func validate() throws {
        if file == "-" {
            guard let width, let height, (1...8192).contains(width), (1...8192).contains(height) else {
                throw ValidationError("- needs --width and --height, each 1 to 8192.")
            }
            guard fps > 0, fps <= 1000 else { throw ValidationError("--fps must be above 0 and at most 1000.") }
        }
        if let overlay, !overlay.lowercased().hasSuffix(".mp4") {
            throw ValidationError("--overlay writes .mp4 files, not \(overlay).")
        }
    }

    func run() throws {
        let (session, model) = try options.makeSession()
        let video = try VideoInput(file, options: self)
        var run = VideoRun(
            source: video.source, session: session,
            recorder: SessionRecorder(configuration: model.analyzerConfiguration), pace: options.pace,
            overlay: try overlay.map { try OverlayWriter(to: $0, of: video.source) })
        for question in questions { try run.recorder.mark(question.marker) }

        var bar = ProgressBar()
        defer { bar.finish() }
        try run.run { run, frame in
            let rate = FixedDecimal.text(Double(run.pace.seen) / max(bar.elapsedSeconds, 0.001), digits: 0) ?? "?"
            let fraction = video.properties.durationSeconds.map { frame.seconds / $0 }
            bar.update(fraction, "\(frame.number + 1) frames, \(rate) a second")
        }
        try video.finish()
        bar.finish()

        let media = SessionDetails.Media(
            name: file.split(separator: "/").last.map(String.init) ?? file,
            framesPerSecond: video.properties.framesPerSecond, widthPixels: video.source.widthPixels,
            heightPixels: video.source.heightPixels, everyNthFrame: run.pace.interval)
        let details = SessionDetails(title: options.title, model: model.identity, media: media)
        let record = SessionRecord(of: run.recorder.analyzer, details: details)
        try options.write(record)
        if options.cpuBudget != nil { Console.report("emotion: looked at \(run.pace.summary)") }
        try ExitStatus(failures: 0, finds: record.frames.count).leave()
    }
}

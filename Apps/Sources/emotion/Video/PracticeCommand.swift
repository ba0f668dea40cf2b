import ArgumentParser
import ConsoleOutput
import EmotionDetection
import InterviewAnalysis
import MediaStreams

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `emotion practice`: a session before the camera, at the terminal.
struct PracticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "practice", abstract: "Records and analyses a practice interview before the camera.",
        discussion: """
            Enter marks the next question, Ctrl-C ends the session. Advice while one speaks distracts more than it \
            helps many people; it is shown with --advice only. No picture is kept.
            """)

    @Option(help: ArgumentHelp("The camera (Video4Linux).", valueName: "device"))
    var device = "/dev/video0"

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var seconds: Double?

    @Flag(help: "Show confidence and advice while the session runs.")
    var advice = false

    @Option(help: ArgumentHelp("Keep a journal that survives the end of the program at any moment.", valueName: "file"))
    var journal: String?

    @OptionGroup var options: VideoOptions

    func validate() throws {
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0, not \(seconds).") }
        guard FFmpeg.isCamera(device) else {
            throw ValidationError("--device takes a camera such as /dev/video0, not \(device).")
        }
    }

    func run() throws {
        guard access(device, R_OK) == 0 else {
            let reason = errno == ENOENT ? "there is no camera here" : String(cString: strerror(errno))
            throw MediaError.unreadable(path: device, reason: reason)
        }
        let (session, model) = try options.makeSession()
        var details = SessionDetails(title: options.title, model: model.identity)
        // Ctrl-C ends ffmpeg, then the stream, and so the session in good order.
        signal(SIGINT, SIG_IGN)
        let decoder = try FFmpeg.decoder(of: device, longestSide: options.maxSide)
        let source = try MatroskaFrameReader(decoder.pipe)
        details.media = SessionDetails.Media(
            name: device, widthPixels: source.widthPixels, heightPixels: source.heightPixels)
        let analyzer = model.analyzerConfiguration
        let file = try journal.map {
            try SessionJournal(creating: $0, configuration: analyzer, details: details)
        }
        var run = VideoRun(
            source: source, session: session, recorder: SessionRecorder(configuration: analyzer, journal: file),
            pace: options.pace)
        Console.report("Recording. Enter: next question. Ctrl-C: end.")
        try record(&run)
        try run.recorder.finish()
        details.media?.everyNthFrame = run.pace.interval
        let record = SessionRecord(of: run.recorder.analyzer, details: details)
        try options.write(record)
        try ExitStatus(failures: 0, finds: record.frames.count).leave()
    }

    private func record(_ run: inout VideoRun) throws {
        var bar = ProgressBar()
        defer { bar.finish() }
        var questions = 0
        do {
            try run.run { run, frame in
                if Self.enterWasPressed {
                    questions += 1
                    try run.recorder.mark(QuestionMarker(label: "Question \(questions)", start: frame.seconds))
                }
                bar.update(nil, line(run, at: frame.seconds, questions: questions))
                if let seconds, frame.seconds >= seconds { throw SessionIsOver() }
            }
        } catch is SessionIsOver {}
    }

    private func line(_ run: VideoRun, at seconds: Double, questions: Int) -> String {
        let time = (FixedDecimal.text(seconds, digits: 0) ?? "?") + " s  question \(questions)"
        let issue = run.latest?.faces.first(where: \.isInterviewee)?.quality.issue?.message
        guard advice else { return time + (issue.map { "  \($0)" } ?? "") }
        guard let analysis = run.recorder.advice else { return time }
        let score = FixedDecimal.text(analysis.smoothedConfidence * 100, digits: 0) ?? "?"
        return "\(time)  \(score) \(analysis.confidenceLevel.rawValue)  \(issue ?? analysis.advice)"
    }

    /// The session has lasted as long as it was to.
    private struct SessionIsOver: Error {}

    /// Takes one line off standard input where there is one, without waiting.
    private static var enterWasPressed: Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard isatty(STDIN_FILENO) == 1, poll(&input, 1, 0) > 0 else { return false }
        return readLine() != nil
    }
}

import ArgumentParser
import ConsoleOutput
import EmotionDetection
import InterviewAnalysis
import InterviewRecording
import MediaStreams
import ProcessSignals

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
            Enter marks the next question, q and Enter end the session. Ctrl-C ends it too, as do SIGTERM and SIGHUP: the \
            session is kept and marked as cut short, the exit status is 128 + the signal's number. Advice while one speaks distracts more than it \
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
        guard device.hasPrefix("/dev/") else {
            throw ValidationError("--device takes a camera such as /dev/video0, not \(device).")
        }
        if advice && isatty(STDERR_FILENO) == 0 {
            throw ValidationError("--advice shows on a terminal, and standard error is none.")
        }
        if options.title != nil && options.json == nil && options.report == nil && journal == nil {
            throw ValidationError(
                "--title stands in the session and its report; ask for --json, --report or --journal.")
        }
    }

    func run() throws {
        StopSignal.askForOrderlyEnd()
        var plan = try OutputPlan(reading: [device] + options.configuration.weightPaths)
        let outputs = try SessionOutputs(options, in: &plan)
        try plan.reserve(journal, for: "--journal")
        guard access(device, R_OK) == 0 else {
            let reason = errno == ENOENT ? "there is no camera here" : String(cString: strerror(errno))
            throw MediaError.unreadable(path: device, reason: reason)
        }
        let (session, model) = try options.makeSession()
        var details = SessionDetails(title: options.title, model: model.identity)
        let decoder = try FFmpeg.camera(device, longestSide: options.maxSide)
        guard let source = try Self.source(decoder) else { return }
        details.media = SessionDetails.Media(
            name: device, widthPixels: source.widthPixels, heightPixels: source.heightPixels)
        let analyzer = model.analyzerConfiguration
        let file = try journal.map {
            try SessionJournal(creating: $0, configuration: analyzer, details: details)
        }
        var run = VideoRun(
            source: source, session: session, recorder: InterviewRecorder(configuration: analyzer, journal: file),
            pace: options.pace)
        Console.report("Recording. Enter: next question. q and Enter: end.")
        if let journal { announce(journal) }
        details.endedEarly = try record(&run) ? nil : true
        decoder.stop()
        details.media?.everyNthFrame = run.pace.interval
        let record = try run.finish(details)
        outputs.write(record, failures: &run.failures)
        try ExitStatus(failures: run.failures.count, finds: record.frames.count).leave()
    }

    /// The camera's frames; nil where a signal came before the first.
    private static func source(_ decoder: ChildProcess) throws -> MatroskaFrameReader? {
        do { return try MatroskaFrameReader(decoder.pipe) } catch {
            guard StopSignal.received == nil else {
                Console.report("emotion: stopped before the first frame; nothing was written")
                return nil
            }
            try decoder.finish()
            throw error
        }
    }

    /// Says how the journal is read, now and should the end be forced.
    private func announce(_ journal: String) {
        let words = "if the recording is interrupted, `emotion report \(journal)` reads what the journal holds"
        Console.report("emotion: " + words)
        StopSignal.setLastWords("emotion: ended at once; `emotion report \(journal)` reads what the journal holds")
    }

    /// Takes in frames until the session is over; false where it was cut short, after saying by what.
    private func record(_ run: inout VideoRun) throws -> Bool {
        var bar = ProgressBar()
        defer { bar.finish() }
        var questions = 0
        let ending = try run.run { run, frame in
            switch Self.wish {
            case .question:
                questions += 1
                run.recorder.mark(QuestionMarker(label: "Question \(questions)", start: frame.seconds))
            case .end: return false
            case nil: break
            }
            bar.update(nil, line(run, at: frame.seconds, questions: questions))
            return seconds.map { frame.seconds < $0 } ?? true
        }
        bar.finish()
        switch ending {
        case .enough: return true
        case .stopped(let signal): VideoCommand.report(signal, after: run.seconds)
        case .endOfStream: Console.report("emotion: \(device) gave no more frames; what was seen until then is kept")
        case .brokenOff(let error):
            Console.report("emotion: \(device): \(error); what was seen until then is kept")
        }
        return false
    }

    private func line(_ run: VideoRun, at seconds: Double, questions: Int) -> String {
        let time = (FixedDecimal.text(seconds, digits: 0) ?? "?") + " s  question \(questions)"
        let issue = run.latest?.leading?.quality.issue?.message
        guard advice else { return time + (issue.map { "  \($0)" } ?? "") }
        guard let analysis = run.recorder.advice else { return time }
        let score = FixedDecimal.text(analysis.smoothedConfidence * 100, digits: 0) ?? "?"
        return "\(time)  \(score) \(analysis.confidenceLevel.rawValue)  \(issue ?? analysis.advice)"
    }

    /// What the person at the keyboard asks for.
    private enum Wish {
        case question, end
    }

    /// Takes one line off standard input where there is one, without waiting.
    private static var wish: Wish? {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard isatty(STDIN_FILENO) == 1, poll(&input, 1, 0) > 0 else { return nil }
        guard let line = readLine() else { return .end }
        return line.lowercased() == "q" ? .end : .question
    }
}

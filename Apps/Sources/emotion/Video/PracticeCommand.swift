import ArgumentParser
import ConsoleOutput
import EmotionDetection
import FileNames
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
            At a terminal it begins with a check of the picture and five seconds of your face at rest, which is taken off \
            the score; Enter skips either. Then Enter marks the next question, q and Enter end the session. Ctrl-C ends it too, as do SIGTERM and SIGHUP: the \
            session is kept and marked as cut short, the exit status is 128 + the signal's number. Advice while one speaks distracts more than it \
            helps many people; it is shown with --advice only. No picture is kept.
            """)

    @Option(help: ArgumentHelp("The camera (Video4Linux).", valueName: "device"))
    var device = "/dev/video0"

    @Option(
        help: ArgumentHelp(
            """
            Measure the voice too: default or another device of ALSA, or pulse:NAME. No sound is kept; until it is measured \
            it lies in an unlinked file in TMPDIR or /tmp.
            """,
            valueName: "device"))
    var microphone: String?

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var seconds: Double?

    @Flag(help: "Show confidence and advice while the session runs.")
    var advice = false

    @Option(help: ArgumentHelp("Keep a journal that survives the end of the program at any moment.", valueName: "file"))
    var journal: String?

    @Option(
        name: .customLong("question"),
        help: ArgumentHelp(
            "The words of a question, in the order in which Enter marks them; the first begins at once.",
            valueName: "text"))
    var questions: [String] = []

    @Flag(name: .customLong("no-check"), help: "Leave out the check of the picture.")
    var skipsCheck = false

    @Flag(name: .customLong("no-resting"), help: "Leave out the capture of the face at rest.")
    var skipsResting = false

    @Flag(help: "Check and capture also where there is no terminal.")
    var guided = false

    @OptionGroup var practice: PracticeOptions

    @OptionGroup var options: VideoOptions

    func validate() throws {
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0, not \(seconds).") }
        guard device.hasPrefix("/dev/") else {
            throw ValidationError("--device takes a camera such as /dev/video0, not \(device).")
        }
        if advice && isatty(STDERR_FILENO) == 0 {
            throw ValidationError("--advice shows on a terminal, and standard error is none.")
        }
        let useless = [("--title", options.title != nil), ("--goal", practice.goal != nil)].first(where: \.1)
        if let (option, _) = useless, options.json == nil, options.report == nil, journal == nil {
            throw ValidationError(
                "\(option) stands in the session and its report; ask for --json, --report or --journal.")
        }
        if journal == "-" { throw ValidationError("--journal takes a file: it is kept to be read again.") }
        if practice.savedResting != nil, skipsResting || practice.resting != nil || !isGuided {
            throw ValidationError(
                "--save-resting keeps the face that is captured, and none would be: leave out --no-resting and --resting, "
                    + "and where there is no terminal add --guided.")
        }
        try practice.refuseUselessHistory(report: options.report)
    }

    func run() throws {
        StopSignal.askForOrderlyEnd()
        let folder = try practice.sessionFolder(except: options.json)
        var plan = try OutputPlan(
            reading: [device] + practice.inputs + (folder?.files ?? []) + options.weightPaths)
        let outputs = try SessionOutputs(options, in: &plan)
        let savedResting = try plan.open(practice.savedResting, for: "--save-resting")
        try plan.reserve(journal, for: "--journal")
        let givenFace = try practice.restingFace()
        guard access(device, R_OK) == 0 else {
            let reason = errno == ENOENT ? "there is no camera here" : SystemReason.words(errno)
            throw MediaError.unreadable(path: device, reason: reason)
        }
        let (session, model, _) = try options.makeSession()
        var details = SessionDetails(title: options.title, model: model.identity)
        let decoder = try FFmpeg.camera(device, longestSide: options.maxSide)
        guard let source = try Self.source(decoder) else { return }
        details.media = SessionDetails.Media(
            name: device, widthPixels: source.widthPixels, heightPixels: source.heightPixels)
        var prelude = PracticePrelude(source, session: session, pace: options.pace)
        guard
            case .begin(let capturedFace) = try prelude.run(
                checksFraming: isGuided && !skipsCheck,
                capturesRestingFace: isGuided && !skipsResting && givenFace == nil)
        else { return try leaveBeforeTheSession(decoder) }
        var analyzer = model.analyzerConfiguration
        analyzer.restingFace = givenFace ?? capturedFace
        details.startedAt = RecordingDate.now.iso8601
        details.startedAtSource = .clock
        details.goal = practice.goal?.goal
        let file = try journal.map { try Self.journal(at: $0, configuration: analyzer, details: details) }
        var run = VideoRun(
            source: LaterFrames(source), session: session,
            recorder: InterviewRecorder(configuration: analyzer, journal: file),
            pace: options.pace)
        let start = ContinuousClock.now
        let listener = microphone.flatMap(SoundTrack.microphone)
        Console.report("Recording. Enter: next question. q and Enter: end.")
        if !questions.isEmpty { ask(1, &run, at: 0) }
        if let journal { announce(journal) }
        details.endedEarly = try record(&run) ? nil : true
        decoder.stop()
        details.media?.everyNthFrame = run.pace.interval
        var record = try run.finish(details)
        if let listener { SoundTrack.listen(to: listener, since: start, for: &record) }
        if let savedResting {
            run.failures.attempt {
                guard let capturedFace else {
                    throw OutputError(path: savedResting.path, isLost: true, reason: "no face at rest was captured")
                }
                try savedResting.write(capturedFace.json())
            }
        }
        let earlier = folder?.sessions(besides: record) ?? []
        outputs.write(record, after: earlier, failures: &run.failures)
        try ExitStatus(failures: run.failures.count, finds: record.frames.count).leave()
    }

    /// Makes the file of the journal, which must not be there yet.
    private static func journal(
        at path: String, configuration: AnalyzerConfiguration, details: SessionDetails
    ) throws -> SessionJournal {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC
        let descriptor = FileName.withBytes(path) { open($0, flags, 0o600) }
        guard descriptor >= 0 else {
            throw OutputError(path: path, isLost: false, reason: SystemReason.words(errno))
        }
        return try SessionJournal(
            writingTo: descriptor, path: FileName.shown(path), configuration: configuration, details: details)
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

    /// Whether somebody is there to be guided.
    private var isGuided: Bool { guided || isatty(STDIN_FILENO) == 1 }

    /// Nothing was recorded: a signal, the person or the camera ended the preparation.
    private func leaveBeforeTheSession(_ decoder: ChildProcess) throws {
        decoder.stop()
        Console.report("emotion: ended before the session began; nothing was written")
        if StopSignal.received == nil { try ExitStatus(failures: 0, finds: 0).leave() }
    }

    /// Marks a question, by its words where they were given.
    private func ask(_ number: Int, _ run: inout VideoRun, at seconds: Double) {
        let label = number <= questions.count ? questions[number - 1] : "Question \(number)"
        run.recorder.mark(QuestionMarker(label: label, start: seconds))
        if number <= questions.count { Console.report("Question \(number): \(label)") }
    }

    /// Says how the journal is read, now and should the end be forced.
    private func announce(_ journal: String) {
        let reading = "`emotion report \(FileName.quoted(journal))` reads what the journal holds"
        Console.report("emotion: if the recording is interrupted, \(reading)")
        StopSignal.setLastWords("emotion: ended at once; \(reading)")
    }

    /// Takes in frames until the session is over; false where it was cut short, after saying by what.
    private func record(_ run: inout VideoRun) throws -> Bool {
        var bar = ProgressBar()
        defer { bar.finish() }
        var asked = questions.isEmpty ? 0 : 1
        let ending = try run.run { run, frame in
            switch Keyboard.wish {
            case .next:
                asked += 1
                ask(asked, &run, at: frame.seconds)
            case .end: return false
            case nil: break
            }
            bar.update(nil, line(run, at: frame.seconds, questions: asked))
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
        let shown = ShownScore(analysis.smoothedConfidence)
        return "\(time)  \(shown.points) \(shown.appearance)  \(issue ?? run.recorder.hint ?? "")"
    }
}

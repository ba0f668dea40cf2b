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

/// `emotion video`: a recorded practice interview, frame by frame.
struct VideoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "video", abstract: "Analyses a recorded practice interview.",
        discussion: """
            Videos are read through ffmpeg: upright, with square pixels, HDR brought to standard range, each frame \
            with the time that a player shows. With - raw RGB frames \
            (8 bits a sample, no padding) come from standard input; --width and --height are then needed. \
            A name that begins with /dev/video is a camera. Exit status 3: no face in the whole video.
            """)

    @Argument(help: ArgumentHelp("A video file, or - for raw frames.", valueName: "file"))
    var file: String

    @OptionGroup var options: VideoOptions

    @Option(
        help: ArgumentHelp(
            "Write the video with box, expression, confidence, advice and its sound (.mp4).", valueName: "file"))
    var overlay: String?

    @Flag(name: .customLong("overlay-mesh"), help: "Draw the mesh of the face over the video of --overlay.")
    var overlayMesh = false

    @Option(
        name: .customLong("question"),
        help: ArgumentHelp(
            "A question and when it begins, in seconds or as 2:02; may be given often.", valueName: "label@time"))
    var questions: [QuestionOption] = []

    @OptionGroup var practice: PracticeOptions

    @Option(
        name: .customLong("resting-from"),
        help: ArgumentHelp(
            "Where in the video the face is at rest, as 0:02-0:07; five seconds are needed.", valueName: "from-to"))
    var restingFrom: StretchOption?

    @Flag(help: "Show small pictures of the best and weakest moments in the report; they are kept nowhere else.")
    var stills = false

    @Flag(name: .customLong("no-voice"), help: "Leave the sound alone: no pace, pauses and melody in the session.")
    var withoutVoice = false

    @Option(help: ArgumentHelp("Width of raw frames.", valueName: "pixels"))
    var width: Int?

    @Option(help: ArgumentHelp("Height of raw frames.", valueName: "pixels"))
    var height: Int?

    @Option(name: .customLong("fps"), help: ArgumentHelp("Raw frames a second. (default: 30)", valueName: "rate"))
    var givenRate: Double?

    var fps: Double { givenRate ?? 30 }

    private var rawFrames: VideoInput.RawFrames? {
        width.flatMap { width in height.map { .init(width: width, height: $0, rate: fps) } }
    }

    func validate() throws {
        if file == "-" {
            guard let width, let height, (1...8192).contains(width), (1...8192).contains(height) else {
                throw ValidationError("- needs --width and --height, each 1 to 8192.")
            }
            guard fps > 0, fps <= 1000 else { throw ValidationError("--fps must be above 0 and at most 1000.") }
        }
        try refuseUselessOptions()
        guard restingFrom == nil || practice.resting == nil else {
            throw ValidationError("--resting and --resting-from exclude each other.")
        }
        guard practice.savedResting == nil || restingFrom != nil else {
            throw ValidationError("--save-resting keeps the face of --resting-from, which is missing.")
        }
        guard !stills || (options.report != nil && file != "-" && !FFmpeg.isCamera(file)) else {
            throw ValidationError("--stills needs --report and a video file, which is read a second time.")
        }
        if overlayMesh, overlay == nil || !options.mesh {
            throw ValidationError("--overlay-mesh draws over the video of --overlay, and needs --mesh.")
        }
        if let overlay, !overlay.lowercased().hasSuffix(".mp4") {
            throw ValidationError("--overlay writes .mp4 files, not \(overlay).")
        }
    }

    func run() throws {
        StopSignal.askForOrderlyEnd()
        let folder = try practice.sessionFolder(except: options.json)
        var plan = try OutputPlan(
            reading: [file] + practice.inputs + (folder?.files ?? []) + options.weightPaths)
        let outputs = try SessionOutputs(options, in: &plan)
        let overlay = try plan.open(overlay, for: "--overlay")
        let savedResting = try plan.open(practice.savedResting, for: "--save-resting")
        let restingFace = try practice.restingFace()
        let (session, model, meshDrawing) = try options.makeSession()
        let video: VideoInput
        do { video = try VideoInput(file, raw: rawFrames, longestSide: options.maxSide) } catch {
            if StopSignal.received != nil { return Self.reportNothing() }
            throw error
        }
        for note in video.video?.notes ?? [] { Console.report("emotion: \(file): \(note)") }
        var configuration = model.analyzerConfiguration
        configuration.restingFace = restingFace
        var run = VideoRun(
            source: video.source, session: session, recorder: InterviewRecorder(configuration: configuration),
            pace: options.pace,
            overlay: try overlay.map {
                try OverlayWriter(
                    to: $0, of: video.source, soundOf: video.video, meshDrawing: overlayMesh ? meshDrawing : nil)
            })
        try refuseTimes(beyond: video.video?.durationSeconds)
        for question in questions { run.recorder.mark(question.marker) }
        let isWhole = try watch(video, &run)
        guard run.pace.seen > 0 || isWhole else { return Self.reportNothing() }

        let media = video.media(
            named: FileName.shown(file.split(separator: "/").last.map(String.init) ?? file), rawRate: fps,
            everyNthFrame: run.pace.interval)
        let start = file == "-" ? nil : RecordingDate.of(file)
        let details = SessionDetails(
            title: options.title, startedAt: start?.date.iso8601, startedAtSource: start?.source,
            endedEarly: isWhole ? nil : true, goal: practice.goal?.goal, model: model.identity, media: media)
        var record = try run.finish(details)
        // Of a video that was cut short, the sound goes on where the pictures end.
        if isWhole, !withoutVoice { SoundTrack.listen(to: video.video, for: &record) }
        run.failures.attempt { record = try withRestingFace(record, keeping: savedResting) }
        let earlier = folder?.sessions(besides: record) ?? []
        var pictures: [Still] = []
        if stills, StopSignal.received != nil {
            Console.report("emotion: the report has no pictures, because the video was cut short")
        } else if stills {
            run.failures.attempt {
                pictures = try StillsReader.stills(
                    for: SessionReport(of: record).reviews, in: file, longestSide: options.maxSide)
            }
        }
        outputs.write(record, after: earlier, stills: pictures, failures: &run.failures)
        if options.cpuBudget != nil { Console.report("emotion: looked at \(run.pace.summary)") }
        try ExitStatus(failures: run.failures.count, finds: record.frames.count).leave()
    }

    /// The session scored with the face at rest that it shows where `--resting-from` says.
    private func withRestingFace(_ record: SessionRecord, keeping output: OutputFile?) throws -> SessionRecord {
        guard let restingFrom else { return record }
        let profile: RestingFaceProfile
        do { profile = try record.restingFace(from: restingFrom.start, to: restingFrom.end) } catch {
            throw RestingFaceRefusal(reason: error)
        }
        try output?.write(profile.json())
        return try record.rescored(with: profile)
    }

    /// Takes in the whole video; false where it was cut short, after saying by what.
    private func watch(_ video: VideoInput, _ run: inout VideoRun) throws -> Bool {
        var bar = ProgressBar()
        defer { bar.finish() }
        let ending = try run.run { run, frame in
            let rate = FixedDecimal.text(Double(run.pace.seen) / max(bar.elapsedSeconds, 0.001), digits: 0) ?? "?"
            let fraction = video.video?.durationSeconds.map { frame.seconds / $0 }
            bar.update(fraction, "\(frame.number + 1) frames, \(rate) a second")
            return true
        }
        bar.finish()
        switch ending {
        case .stopped(let signal):
            video.stop()
            if run.pace.seen > 0 { Self.report(signal, after: run.seconds) }
            return false
        case .brokenOff(let error):
            // A decoder that was killed tells more than where its stream broke off; that nobody reads on is our doing.
            do { try video.finish() } catch .failed(let program, let status, let reason) where status != -SIGPIPE {
                return cutShort(.failed(program: program, status: status, reason: reason), &run)
            } catch {}
            return cutShort(error, &run)
        case .endOfStream, .enough:
            do { try video.finish() } catch {
                guard run.pace.seen > 0 else { throw error }
                return cutShort(error, &run)
            }
            if video.complaintCount > 0 {
                let places = video.complaintCount == 1 ? "one place" : "\(video.complaintCount) places"
                Console.report(
                    "emotion: \(FileName.shown(file)) is damaged, in \(places) by ffmpeg's count; "
                        + "what could be decoded was used")
            }
            return true
        }
    }

    private func cutShort(_ error: MediaError, _ run: inout VideoRun) -> Bool {
        let name = file == "-" ? "standard input" : FileName.shown(file)
        let frames = run.pace.seen == 1 ? "frame before that was" : "\(run.pace.seen) frames before that were"
        let text = "\(error)"
        let sentence = (text.hasPrefix(name) ? text : "\(name): \(text)") + "; the \(frames) used"
        if case .failed = error {
            // The file is not to blame, and there is more in it.
            run.failures.note(CutShort(description: sentence))
        } else {
            Console.report("emotion: " + sentence)
        }
        return false
    }

    /// The decoder was ended from outside.
    private struct CutShort: Error, CustomStringConvertible {
        let description: String
    }

    /// Says what a signal did.
    static func report(_ signal: Int32, after seconds: Double) {
        let time = FixedDecimal.text(seconds, digits: 1) ?? "?"
        Console.report(
            "emotion: stopped by \(StopSignal.name(of: signal)) after \(time) s; what was seen until then is kept")
    }

    private static func reportNothing() {
        Console.report("emotion: stopped before the first frame; nothing was written")
    }
}

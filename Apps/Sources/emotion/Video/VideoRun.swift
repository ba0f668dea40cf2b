import EmotionDetection
import InterviewAnalysis
import InterviewRecording
import MediaStreams
import ProcessSignals

/// One pass over a video: every frame is read, some are looked at, all are recorded.
///
/// One picture is held at a time; what stays of a frame is its entry in the session.
struct VideoRun {
    let source: any FrameSource
    var session: VideoEmotionSession
    var recorder: InterviewRecorder
    var pace: FramePace
    /// Outputs that failed while the others went on.
    var failures = OutputFailures()
    /// The frame that was looked at last.
    private(set) var latest: VideoFrame?
    /// The meshes of the latest frame, by the ids of the people.
    private var meshes: [Int: MeshedFace] = [:]
    private var overlay: OverlayWriter?
    private var previousSeconds: Double?

    /// Why a run ended.
    enum Ending {
        case endOfStream
        /// Whoever was told of the frames wanted no more.
        case enough
        /// A signal asked for the end.
        case stopped(signal: Int32)
        /// The frames before were whole.
        case brokenOff(MediaError)
    }

    init(
        source: any FrameSource, session: VideoEmotionSession, recorder: InterviewRecorder, pace: FramePace,
        overlay: OverlayWriter? = nil
    ) {
        self.source = source
        self.session = session
        self.recorder = recorder
        self.pace = pace
        self.overlay = overlay
    }

    /// Reads to the end, or to the frame at which a signal asks for it; writes the overlay.
    ///
    /// - Parameter onFrame: told after each frame that was looked at; false ends the run.
    /// - Throws: ``MediaError`` where not a single frame could be read.
    mutating func run(onFrame: (_ run: inout VideoRun, _ frame: StreamFrame) throws -> Bool) throws -> Ending {
        let ending = try takeFrames(onFrame)
        if let overlay, pace.seen > 0 {
            let end = soundEnd(ending)
            failures.attempt { try overlay.finish(soundUntil: end) }
        }
        overlay = nil
        return ending
    }

    /// Decides about the last frames, forces the journal onto the disk, and gives the session.
    mutating func finish(_ details: SessionDetails) throws -> SessionRecord {
        let journalFailed = recorder.journalFailure != nil
        let record = try recorder.finish(details)
        if !journalFailed, let failure = recorder.journalFailure { failures.note(failure) }
        return record
    }

    /// Seconds of video that were seen.
    var seconds: Double { previousSeconds ?? 0 }

    /// Where the sound of an overlay ends: with the pictures where they were cut short.
    private func soundEnd(_ ending: Ending) -> Double? {
        if case .endOfStream = ending { return nil }
        return seconds + 1 / 25
    }

    private mutating func takeFrames(
        _ onFrame: (_ run: inout VideoRun, _ frame: StreamFrame) throws -> Bool
    ) throws -> Ending {
        while true {
            if let signal = StopSignal.received { return .stopped(signal: signal) }
            let next: StreamFrame?
            do { next = try source.next() } catch {
                // Reading stops in the middle of a frame when a signal comes; that is no damage.
                if let signal = StopSignal.received { return .stopped(signal: signal) }
                guard pace.seen > 0 else { throw error }
                return .brokenOff(error)
            }
            guard let frame = next else { return StopSignal.received.map(Ending.stopped) ?? .endOfStream }
            // A few recordings give two frames one time; the second says nothing new and no session may hold it.
            guard previousSeconds.map({ frame.seconds > $0 }) ?? true else { continue }
            previousSeconds = frame.seconds
            let goesOn = try take(frame, onFrame)
            writeOverlay()
            guard goesOn else { return .enough }
        }
    }

    private mutating func take(
        _ frame: StreamFrame, _ onFrame: (_ run: inout VideoRun, _ frame: StreamFrame) throws -> Bool
    ) throws -> Bool {
        let journalFailed = recorder.journalFailure != nil
        defer {
            if !journalFailed, let failure = recorder.journalFailure { failures.note(failure) }
        }
        guard pace.takes(frameAt: frame.seconds) else {
            let follows = pace.followsBetween && session.configuration.locatesMeshes
            meshes = try follows ? session.follow(picture) : [:]
            try recorder.skip(number: frame.number, at: frame.seconds, following: meshes)
            return true
        }
        let seen = try session.analyze(picture, at: frame.seconds)
        latest = seen
        meshes = Dictionary(uniqueKeysWithValues: seen.faces.compactMap { face in face.mesh.map { (face.id, $0) } })
        try recorder.record(seen, number: frame.number)
        pace.finished(frameAt: frame.seconds)
        return try onFrame(&self, frame)
    }

    private var picture: Image {
        Image(width: source.widthPixels, height: source.heightPixels, pixels: source.pixels)
    }

    /// An overlay that fails is given up; the session goes on without it.
    private mutating func writeOverlay() {
        guard let overlay else { return }
        do {
            try overlay.write(
                frameOf: source, seen: latest, meshes: meshes, advice: recorder.advice, hint: recorder.hint)
        } catch {
            failures.note(error)
            self.overlay = nil
        }
    }
}

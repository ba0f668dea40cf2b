import EmotionDetection
import InterviewAnalysis
import MediaStreams

/// One pass over a video: every frame is read, some are looked at, all are recorded.
///
/// One picture is held at a time; what stays of a frame is its entry in the session.
struct VideoRun {
    let source: any FrameSource
    var session: VideoEmotionSession
    var recorder: SessionRecorder
    var pace: FramePace
    var overlay: OverlayWriter?
    /// The frame that was looked at last.
    private(set) var latest: VideoFrame?
    private var previousSeconds: Double?

    init(
        source: any FrameSource, session: VideoEmotionSession, recorder: SessionRecorder, pace: FramePace,
        overlay: OverlayWriter? = nil
    ) {
        self.source = source
        self.session = session
        self.recorder = recorder
        self.pace = pace
        self.overlay = overlay
    }

    /// Reads to the end.
    ///
    /// - Parameter onFrame: told after each frame that was looked at.
    mutating func run(onFrame: (_ run: inout VideoRun, _ frame: StreamFrame) throws -> Void) throws {
        while let frame = try source.next() {
            // A few recordings give two frames one time; the second says nothing new and no session may hold it.
            guard previousSeconds.map({ frame.seconds > $0 }) ?? true else { continue }
            previousSeconds = frame.seconds
            if pace.takes(frameAt: frame.seconds) {
                let image = Image(width: source.widthPixels, height: source.heightPixels, pixels: source.pixels)
                let seen = try session.analyze(image, at: frame.seconds)
                latest = seen
                try recorder.record(seen, number: frame.number)
                pace.finished(frameAt: frame.seconds)
                try onFrame(&self, frame)
            } else {
                try recorder.skip(number: frame.number, at: frame.seconds)
            }
            try overlay?.write(frameOf: source, seen: latest, advice: recorder.advice)
        }
        try overlay?.finish()
    }
}

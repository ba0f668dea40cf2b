import ConsoleOutput
import EmotionDetection
import InterviewAnalysis
import MediaStreams
import ProcessSignals

/// What comes before a practice session: a check of how one sits before the camera, then the face at rest.
///
/// Nothing of it is kept but the profile; the session's time begins afterwards.
struct PracticePrelude {
    let source: any FrameSource
    var session: VideoEmotionSession
    var pace: FramePace

    /// So long a place must be good, in seconds, and the most that is waited for it.
    private static let steadySeconds = 1.0
    private static let patienceSeconds = 20.0
    /// Captures that are tried before the session begins without a profile.
    private static let attempts = 2

    /// Why a part of the prelude is over.
    private enum Ending {
        case done, skipped, ended
    }

    /// Whether the session is to begin.
    enum Outcome {
        case begin(RestingFaceProfile?)
        /// The stream, the person or a signal ended it.
        case ended
    }

    init(_ source: any FrameSource, session: VideoEmotionSession, pace: FramePace) {
        self.source = source
        self.session = session
        self.pace = pace
    }

    /// Checks the framing and takes the face at rest, where it is to be taken.
    mutating func run(checksFraming: Bool, capturesRestingFace: Bool) throws -> Outcome {
        if checksFraming, try checkFraming() == .ended { return .ended }
        guard capturesRestingFace else { return .begin(nil) }
        Console.report("Your face at rest, five seconds. \(RestingFaceCapture.instruction) Enter: skip.")
        for attempt in 1...Self.attempts {
            var capture = RestingFaceCapture()
            switch try take(&capture) {
            case .ended: return .ended
            case .skipped: return .begin(nil)
            case .done: break
            }
            do { return .begin(try capture.profile()) } catch {
                let next = attempt < Self.attempts ? "Once more." : "The session goes on without it."
                Console.report("That cannot be used: \(error). \(next)")
            }
        }
        return .begin(nil)
    }

    /// Says what to change until the place was good for a while.
    private mutating func checkFraming() throws -> Ending {
        Console.report("Check your picture. Enter: go on.")
        var bar = ProgressBar()
        defer { bar.finish() }
        var start: Double?
        var goodSince: Double?
        var last: String?
        let ending = try watch { frame, seconds, size in
            let begin = start ?? seconds
            start = begin
            let issue = Self.issue(in: frame, size)
            last = issue
            bar.update(nil, issue ?? "Good: stay like this.")
            guard issue == nil else {
                goodSince = nil
                return seconds - begin >= Self.patienceSeconds
            }
            goodSince = goodSince ?? seconds
            return seconds - (goodSince ?? seconds) >= Self.steadySeconds
        }
        bar.finish()
        if ending != .ended { Console.report(last ?? "Your picture is good.") }
        return ending
    }

    private static func issue(in frame: VideoFrame, _ size: Size) -> String? {
        guard let face = frame.interviewee ?? frame.faces.first else {
            return "No face in the picture: sit in front of the camera, with light from the front."
        }
        let box = face.face.imageBox
        let framing = FaceFraming(
            box: PixelBox(x: Int(box.x), y: Int(box.y), width: Int(box.width), height: Int(box.height)),
            pictureWidth: size.width, pictureHeight: size.height, brightness: face.quality.brightness)
        return framing?.issues.first?.advice ?? face.quality.issue?.message
    }

    private mutating func take(_ capture: inout RestingFaceCapture) throws -> Ending {
        var bar = ProgressBar()
        defer { bar.finish() }
        var (taken, start) = (capture, Double?.none)
        let patience = 2 * capture.rules.minimumSeconds
        let ending = try watch { frame, seconds, _ in
            let begin = start ?? seconds
            start = begin
            if let emotions = frame.interviewee?.emotions {
                try taken.add(emotions, at: seconds)
            } else {
                taken.addMissed()
            }
            bar.update(taken.progress, "at rest")
            return taken.progress >= 1 || seconds - begin >= patience
        }
        capture = taken
        return ending
    }

    /// Looks at frames until `isOver` says so, Enter is pressed, or nothing more comes.
    private mutating func watch(
        _ isOver: (_ frame: VideoFrame, _ seconds: Double, _ size: Size) throws -> Bool
    ) throws -> Ending {
        while StopSignal.received == nil, let frame = try source.next() {
            switch Keyboard.wish {
            case .next: return .skipped
            case .end: return .ended
            case nil: break
            }
            guard pace.takes(frameAt: frame.seconds) else { continue }
            let image = Image(width: source.widthPixels, height: source.heightPixels, pixels: source.pixels)
            let seen = try session.analyze(image, at: frame.seconds)
            pace.finished(frameAt: frame.seconds)
            if try isOver(seen, frame.seconds, image.size) { return .done }
        }
        return .ended
    }
}

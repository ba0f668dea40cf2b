/// Follows the people of a video and scores the interviewee's expression, frame by frame.
///
/// ```swift
/// var session = VideoEmotionSession(try EmotionDetector(.init(faceDetector: .webcam)))
/// for (image, seconds) in frames {
///     let frame = try session.analyze(image, at: seconds)
///     if let scores = frame.interviewee?.emotions { record(scores, at: frame.timestamp) }
/// }
/// ```
///
/// A value with one owner; it keeps a few kilobytes for each person and no picture, however long the video. The detector
/// may serve other sessions at the same time.
public struct VideoEmotionSession: Sendable {
    public let configuration: Configuration
    private let detector: EmotionDetector
    /// Made with the first frame: that is when a detector may have to load its networks.
    private var tracker: FaceTracker?
    private var lock: IntervieweeLock
    private var frameCount = 0

    public init(_ detector: EmotionDetector, configuration: Configuration = Configuration()) {
        self.detector = detector
        self.configuration = configuration
        lock = IntervieweeLock(configuration: configuration.lock)
    }

    /// The id of the interviewee, seen or not; nil while nobody has been picked.
    public var interviewee: Int? { lock.interviewee }

    /// Makes the person of this id the interviewee from the next frame on.
    public mutating func selectInterviewee(_ id: Int) {
        lock.select(id)
        tracker?.keptID = id
    }

    /// Tracks the faces of the next frame, measures each and scores those that are asked for, in one forward pass.
    ///
    /// - Parameter timestamp: when the frame was taken, in seconds from any moment.
    /// - Throws: ``VideoEmotionError``; the frame is then left out and the session may go on.
    public mutating func analyze(_ image: Image, at timestamp: Double) throws(VideoEmotionError) -> VideoFrame {
        var clock = StageClock()
        let tracked = try track(image, at: timestamp)
        let state = lock.update(tracked.faces, in: image.size, at: timestamp)
        tracker?.keptID = state.interviewee
        let present = tracked.faces.filter { $0.state != .lost }
        let searched = clock.lap()
        let isClassified = frameCount % configuration.classificationInterval == 0
        frameCount += 1
        let scored = isClassified ? present.filter { isSubject($0, state) } : []
        let scores = try scores(of: scored.map(\.face), in: image)
        let emotions = Dictionary(uniqueKeysWithValues: zip(scored.map(\.id), scores))
        let faces = present.map { face in
            VideoFace(
                track: face, isInterviewee: state == .locked(face.id), emotions: emotions[face.id],
                quality: CaptureQuality(of: face.face, in: image, limits: configuration.quality))
        }
        return VideoFrame(
            index: frameCount - 1, timestamp: timestamp, faces: faces, intervieweeState: state,
            isClassificationFrame: isClassified, didSearch: tracked.didSearch,
            timings: StageTimings(
                loadMilliseconds: 0, faceSearchMilliseconds: searched,
                classificationMilliseconds: clock.lap()))
    }

    private mutating func track(
        _ image: Image, at timestamp: Double
    ) throws(VideoEmotionError) -> (faces: [TrackedFace], didSearch: Bool) {
        var tracker: FaceTracker
        if let known = self.tracker {
            tracker = known
        } else {
            do { tracker = FaceTracker(try detector.faceFinder(), configuration: configuration.tracking) } catch {
                throw .detector(error)
            }
            tracker.keptID = lock.interviewee
        }
        do {
            let faces = try tracker.track(image, at: timestamp)
            self.tracker = tracker
            return (faces, tracker.didSearch)
        } catch {
            switch error {
            case .timestampNotRising(let previous, let given):
                throw .timestampNotRising(previous: previous, given: given)
            }
        }
    }

    private func isSubject(_ face: TrackedFace, _ state: IntervieweeLock.State) -> Bool {
        switch configuration.subjects {
        case .interviewee: state == .locked(face.id)
        case .everyone: true
        }
    }

    private func scores(of faces: [DetectedFace], in image: Image) throws(VideoEmotionError) -> [EmotionScores] {
        guard !faces.isEmpty else { return [] }
        let cropping = detector.configuration.cropping
        do {
            return try detector.classify(faces: faces.map { cropping.crop(of: $0, in: image) })
        } catch {
            throw .detector(error)
        }
    }
}

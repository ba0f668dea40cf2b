internal import FaceDetection

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
/// A frame is answered at once. What it shows may be decided later: who is interviewed over the first seconds, and whether
/// a face that comes instead of theirs is theirs. Until then the faces in question are scored too, and the frame names the
/// candidate (``VideoFrame/candidate``).
///
/// A value with one owner; it keeps a few kilobytes for each person and no picture, however long the video. The detector
/// may serve other sessions at the same time.
public struct VideoEmotionSession: Sendable {
    public let configuration: Configuration
    private let detector: EmotionDetector
    /// Made with the first frame: that is when a detector may have to load its networks.
    private var tracker: FaceTracker?
    private var lock: IntervieweeLock
    private var change = FaceChange()
    private var meshes = FollowedMeshes()
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
    /// The time of meshes counts as that of the classification.
    /// - Parameter timestamp: when the frame was taken, in seconds from any moment.
    /// - Throws: ``VideoEmotionError``; the frame is then left out and the session may go on.
    public mutating func analyze(_ image: Image, at timestamp: Double) throws(VideoEmotionError) -> VideoFrame {
        var clock = StageClock()
        let tracks = try track(image, at: timestamp)
        let renamed = tracker?.renamed ?? [:]
        for (young, old) in renamed {
            lock.rename(young, to: old)
            meshes.rename(young, to: old)
        }
        let state = lock.update(tracks, in: image.size, at: timestamp)
        tracker?.keptID = state.interviewee
        let found = tracker?.faces ?? []
        let present: [Present] = tracks.compactMap { track in track.faceIndex.map { (track, found[$0]) } }
        let searched = clock.lap()
        let isClassified = frameCount % configuration.classificationInterval == 0
        frameCount += 1
        let candidate = state == .selecting ? lock.leader : tracker?.candidateID
        let scored = isClassified ? subjects(among: present, state, candidate: candidate) : []
        let scores = try scores(of: scored.map(\.face), in: image)
        let motion =
            isClassified ? change.update(scored.map { ($0.track.id, $0.face.imageBox) }, in: image, at: timestamp) : [:]
        let located = try isClassified ? locateMeshes(of: scored, in: image) : follow(image)
        let emotions = Dictionary(uniqueKeysWithValues: zip(scored.map(\.track.id), scores))
        let faces = present.map { track, face in
            let quality = CaptureQuality(of: face, in: image, limits: configuration.quality)
            var seen = VideoFace(face, of: track, quality: quality)
            seen.isInterviewee = state == .locked(track.id)
            (seen.emotions, seen.motion) = (emotions[track.id] ?? nil, motion[track.id])
            seen.mesh = located[track.id]
            return seen
        }
        var frame = VideoFrame(
            index: frameCount - 1, timestamp: timestamp, faces: faces, intervieweeState: state,
            timings: StageTimings(
                loadMilliseconds: 0, faceSearchMilliseconds: searched, classificationMilliseconds: clock.lap()))
        (frame.isChoiceSettled, frame.candidate, frame.renamed) = (lock.isSettled, candidate, renamed)
        (frame.isClassificationFrame, frame.didSearch) = (isClassified, tracker?.didSearch ?? true)
        return frame
    }

    /// Locates the meshes of the faces that were scored last, in a picture between two that are analysed: nothing is
    /// searched, tracked or scored, so that eyelids and lips can be followed in every picture and expressions in some.
    ///
    /// - Returns: by the ids of the faces; those that are not to be seen any more are left out, and none where
    ///   ``Configuration/locatesMeshes`` is false.
    /// - Throws: ``VideoEmotionError/detector(_:)``.
    public mutating func follow(_ image: Image) throws(VideoEmotionError) -> [Int: MeshedFace] {
        guard !meshes.isEmpty else { return [:] }
        return meshes.follow(in: image, by: try mesher())
    }

    private mutating func locateMeshes(
        of faces: [Present], in image: Image
    ) throws(VideoEmotionError) -> [Int: MeshedFace] {
        guard configuration.locatesMeshes else { return [:] }
        return faces.isEmpty ? meshes.forget() : meshes.locate(faces, in: image, by: try mesher())
    }

    private func mesher() throws(VideoEmotionError) -> FaceMesher {
        do { return try detector.faceMesher() } catch { throw .detector(error) }
    }

    private mutating func track(
        _ image: Image, at timestamp: Double
    ) throws(VideoEmotionError) -> [FaceTrack] {
        var tracker: FaceTracker
        if let known = self.tracker {
            tracker = known
        } else {
            do {
                tracker = FaceTracker(
                    VideoFaceFinder(try detector.faceSearch.value()), configuration: configuration.tracking)
            } catch {
                throw .detector(error)
            }
            tracker.keptID = lock.interviewee
        }
        do {
            let tracks = try tracker.track(image, at: timestamp)
            self.tracker = tracker
            return tracks
        } catch {
            switch error {
            case .timestampNotRising(let previous, let given):
                throw .timestampNotRising(previous: previous, given: given)
            }
        }
    }

    /// Somebody whose face is in the frame.
    private typealias Present = (track: FaceTrack, face: DetectedFace)

    /// How many faces are scored while it is not decided whose count.
    private static let mostCandidates = 3

    /// Whose expressions are scored: the interviewee's, while they are away that of the face in question, and until the
    /// choice stands those of whoever else may be the interviewee.
    private func subjects(
        among present: [Present], _ state: IntervieweeLock.State, candidate: Int?
    ) -> [Present] {
        guard configuration.subjects == .interviewee else { return present }
        var ids: [Int] =
            switch state {
            case .locked(let id): [id]
            case .absent: candidate.map { [$0] } ?? []
            case .unsure, .selecting: []
            }
        if !lock.isSettled { ids += lock.ranking.filter { $0 != state.interviewee && !ids.contains($0) } }
        let ahead = ids.lazy.compactMap { id in present.first { $0.track.id == id && !$0.track.isCrowded } }
        return Array(ahead.prefix(Self.mostCandidates))
    }

    private func scores(
        of faces: [DetectedFace], in image: Image
    ) throws(VideoEmotionError) -> [EmotionScores?] {
        do {
            return try detector.scores(of: faces, in: image)
        } catch {
            throw .detector(error)
        }
    }
}

/// Why a frame of a video could not be analysed.
public enum VideoEmotionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Times must be finite and rise from frame to frame; `previous` is nil for the first frame.
    case timestampNotRising(previous: Double?, given: Double)
    /// The detector's networks could not be loaded.
    case detector(EmotionDetectorError)

    public var description: String {
        switch self {
        case .timestampNotRising(let previous, let given):
            "\(FaceTrackerError.timestampNotRising(previous: previous, given: given))"
        case .detector(let error): "\(error)"
        }
    }
}

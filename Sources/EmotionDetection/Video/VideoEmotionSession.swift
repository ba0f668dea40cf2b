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
        let tracked = try track(image, at: timestamp)
        let renamed = tracker?.renamed ?? [:]
        for (young, old) in renamed {
            lock.rename(young, to: old)
            meshes.rename(young, to: old)
        }
        let state = lock.update(tracked.faces, in: image.size, at: timestamp)
        tracker?.keptID = state.interviewee
        let present = tracked.faces.filter { $0.state != .lost }
        let searched = clock.lap()
        let isClassified = frameCount % configuration.classificationInterval == 0
        frameCount += 1
        let candidate = state == .selecting ? lock.leader : tracker?.candidateID
        let scored = isClassified ? subjects(among: present, state, candidate: candidate) : []
        let crops = scored.map { detector.configuration.cropping.crop(of: $0.face, in: image) }
        let scores = try scores(of: crops)
        let motion =
            isClassified ? change.update(scored.map { ($0.id, $0.face.imageBox) }, in: image, at: timestamp) : [:]
        let located = try isClassified ? locateMeshes(of: scored, in: image) : follow(image)
        let emotions = Dictionary(uniqueKeysWithValues: zip(scored.map(\.id), scores))
        let faces = present.map { face in
            VideoFace(
                track: face, isInterviewee: state == .locked(face.id), emotions: emotions[face.id],
                quality: CaptureQuality(of: face.face, in: image, limits: configuration.quality),
                motion: motion[face.id], mesh: located[face.id])
        }
        return VideoFrame(
            index: frameCount - 1, timestamp: timestamp, faces: faces, intervieweeState: state,
            isChoiceSettled: lock.isSettled, candidate: candidate, renamed: renamed,
            isClassificationFrame: isClassified, didSearch: tracked.didSearch,
            timings: StageTimings(
                loadMilliseconds: 0, faceSearchMilliseconds: searched,
                classificationMilliseconds: clock.lap()))
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
        of faces: [TrackedFace], in image: Image
    ) throws(VideoEmotionError) -> [Int: MeshedFace] {
        guard configuration.locatesMeshes else { return [:] }
        return faces.isEmpty ? meshes.forget() : meshes.locate(faces, in: image, by: try mesher())
    }

    private func mesher() throws(VideoEmotionError) -> FaceMesher {
        do { return try detector.faceMesher() } catch { throw .detector(error) }
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

    /// How many faces are scored while it is not decided whose count.
    private static let mostCandidates = 3

    /// Whose expressions are scored: the interviewee's, while they are away that of the face in question, and until the
    /// choice stands those of whoever else may be the interviewee.
    private func subjects(
        among present: [TrackedFace], _ state: IntervieweeLock.State, candidate: Int?
    ) -> [TrackedFace] {
        guard configuration.subjects == .interviewee else { return present }
        var ids: [Int] =
            switch state {
            case .locked(let id): [id]
            case .absent: candidate.map { [$0] } ?? []
            case .unsure, .selecting: []
            }
        if !lock.isSettled { ids += lock.ranking.filter { $0 != state.interviewee && !ids.contains($0) } }
        let ahead = ids.lazy.compactMap { id in present.first { $0.id == id && !$0.isCrowded } }
        return Array(ahead.prefix(Self.mostCandidates))
    }

    private func scores(of crops: [Image]) throws(VideoEmotionError) -> [EmotionScores] {
        guard !crops.isEmpty else { return [] }
        do {
            return try detector.classify(faces: crops)
        } catch {
            throw .detector(error)
        }
    }
}

public import Imaging

/// Gives the faces of a video names that last: who is who from frame to frame, through crossings and absences.
///
/// ```swift
/// var tracker = FaceTracker(mtcnn)
/// for frame in video {
///     for face in try tracker.track(frame.image, at: frame.seconds) { print(face.id, face.face.imageBox) }
/// }
/// ```
///
/// The whole picture is searched in every tenth frame, and when a face is lost or weak; between, the detector only looks
/// where each face should be by its course (``FaceFinding/follow(_:in:)``). Faces and tracks are matched one to one at
/// the least total cost of place and look. Whoever was away is known again by their look.
///
/// A value with one owner: frames of one video must come one after the other anyway.
public struct FaceTracker: Sendable {
    public let configuration: Configuration
    /// Whether the last frame was searched as a whole.
    public private(set) var didSearch = false
    private let finder: any FaceFinding
    private var table: TrackTable
    private var previous: Double?
    private var framesSinceSearch: Int

    /// Overlap above which a face found by the search is one that was followed.
    private static let sameFace = 0.3

    /// - Parameter finder: the detector, such as an ``MTCNN``.
    /// - Precondition: the configuration's values make sense.
    public init(_ finder: any FaceFinding, configuration: Configuration = Configuration()) {
        self.configuration = configuration
        self.finder = finder
        table = TrackTable(configuration: configuration)
        framesSinceSearch = configuration.detectionInterval
    }

    /// The id of a person who is never forgotten, however long they are away; nil for nobody.
    public var keptID: Int? {
        get { table.keptID }
        set { table.keptID = newValue }
    }

    /// The faces of the next frame by rising id, the lost ones among them.
    ///
    /// - Parameter timestamp: when the frame was taken, in seconds from any moment.
    /// - Throws: ``FaceTrackerError/timestampNotRising(previous:given:)``; the frame is then left out and the next one
    ///   goes on as if it had not been given.
    public mutating func track(_ image: Image, at timestamp: Double) throws(FaceTrackerError) -> [TrackedFace] {
        guard timestamp.isFinite, previous.map({ $0 < timestamp }) ?? true else {
            throw .timestampNotRising(previous: previous, given: timestamp)
        }
        previous = timestamp
        let faces = faces(in: image, at: timestamp)
        table.update(
            faces.map { FaceObservation($0, appearance: FaceAppearance(of: $0, in: image)) }, at: timestamp)
        return table.tracks.map { $0.report(at: timestamp) }
    }

    /// The faces of the frame: followed, searched for, or both.
    private mutating func faces(in image: Image, at timestamp: Double) -> [DetectedFace] {
        let expected = table.tracks.filter { timestamp - $0.lastSeen <= configuration.coastingSeconds }
            .map { $0.motion.predicted(at: timestamp) }
        let followed = finder.follow(expected, in: image)
        framesSinceSearch += 1
        didSearch = isSearchDue(followed)
        guard didSearch else { return followed }
        framesSinceSearch = 0
        let found = finder.detect(in: image)
        // The search may miss a face that was met where it was expected.
        let missed = followed.filter { face in
            !found.contains { $0.imageBox.overlap(with: face.imageBox) > Self.sameFace }
        }
        return found + missed
    }

    private func isSearchDue(_ followed: [DetectedFace]) -> Bool {
        if framesSinceSearch >= configuration.detectionInterval { return true }
        guard framesSinceSearch >= configuration.searchInterval else { return false }
        let present = table.tracks.filter { $0.state != .lost }
        let isSomebodyAway = table.tracks.contains { $0.state == .lost && $0.id == keptID }
        return isSomebodyAway || present.isEmpty || followed.count < present.count
            || followed.contains { $0.score < configuration.weakScore }
    }
}

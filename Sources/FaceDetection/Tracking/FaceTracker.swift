package import Imaging

/// Gives the faces of a video names that last: who is who from frame to frame, through crossings and absences.
///
/// ```swift
/// var tracker = FaceTracker(mtcnn)
/// for frame in video {
///     for track in try tracker.track(frame.image, at: frame.seconds) { print(track.id, track.box) }
/// }
/// ```
///
/// The whole picture is searched in every tenth frame, once a second, when a face is lost or weak, and as long as nobody is
/// met, so that whoever comes is seen at once; between, the detector only looks where each face should be by its course
/// (``FaceFinding/follow(_:in:)``). A face in a new place has to convince once (``FaceFinding/isConvincing(_:in:)``), so
/// that no poster becomes a person. Faces and tracks are matched one to one at the least total cost of place and look.
/// Whoever was away is known again by their look, or by their place where nobody else can have come to it.
///
/// A value with one owner: frames of one video must come one after the other anyway.
package struct FaceTracker: Sendable {
    package let configuration: Configuration
    /// The faces of the last frame; ``FaceTrack/faceIndex`` counts among them.
    package private(set) var faces: [DetectedFace] = []
    /// Whether the last frame was searched as a whole.
    package private(set) var didSearch = false
    private let finder: any FaceFinding
    private var table: TrackTable
    private var previous: Double?
    private var framesSinceSearch: Int
    private var lastSearch = -Double.infinity
    /// Sides of the faces in the last frame that was searched, by the ids of their tracks.
    private var searchedSides: [Int: Double] = [:]

    /// Overlap above which a face found by the search is one that was followed.
    private static let sameFace = 0.3
    /// Or the part of the smaller box that lies in the other.
    private static let containedPart = 0.7
    /// Ratio of a followed face's side to that of the last search above which it is searched for again.
    private static let largestDrift = 1.2

    /// - Parameter finder: the detector, such as an ``MTCNN``.
    /// - Precondition: the configuration's values make sense.
    package init(_ finder: any FaceFinding, configuration: Configuration = Configuration()) {
        self.configuration = configuration
        self.finder = finder
        table = TrackTable(configuration: configuration)
        framesSinceSearch = configuration.detectionInterval
    }

    /// The id of a person who is never forgotten, however long they are away; nil for nobody.
    package var keptID: Int? {
        get { table.keptID }
        set { table.keptID = newValue }
    }

    /// While the kept person is away, the id of the face that may prove to be theirs; nil where there is none.
    package var candidateID: Int? { table.candidateID }

    /// Ids that the last frame showed to be another's, each with the older id that the person has from now on.
    package var renamed: [Int: Int] { table.renamed }

    /// Who is in the next frame by rising id, those who are lost among them.
    ///
    /// - Parameter timestamp: when the frame was taken, in seconds from any moment.
    /// - Throws: ``FaceTrackerError/timestampNotRising(previous:given:)``; the frame is then left out and the next one
    ///   goes on as if it had not been given.
    package mutating func track(_ image: Image, at timestamp: Double) throws(FaceTrackerError) -> [FaceTrack] {
        guard timestamp.isFinite, previous.map({ $0 < timestamp }) ?? true else {
            throw .timestampNotRising(previous: previous, given: timestamp)
        }
        previous = timestamp
        faces = faces(in: image, at: timestamp)
        let observations = faces.map {
            SeenFace(
                $0, appearance: FaceAppearance(of: $0, in: image), isSure: configuration.sure.admits($0, in: image))
        }
        table.update(observations, at: timestamp)
        if didSearch {
            let present = table.tracks.filter(\.isPresent)
            searchedSides = Dictionary(uniqueKeysWithValues: present.map { ($0.id, $0.box.side) })
        }
        return table.tracks
    }

    /// The faces of the frame: followed, searched for, or both.
    private mutating func faces(in image: Image, at timestamp: Double) -> [DetectedFace] {
        let known = table.neighbours(at: timestamp)
        let followed = finder.follow(known.map { $0.motion.searched(at: timestamp) }, in: image)
        framesSinceSearch += 1
        didSearch = isSearchDue(followed, known, at: timestamp)
        guard didSearch else { return followed }
        (framesSinceSearch, lastSearch) = (0, timestamp)
        let found = finder.detect(in: image).filter { face in
            isKnown(face, followed, known, at: timestamp) || finder.isConvincing(face, in: image)
        }
        // The search may miss a face that was met where it was expected.
        let missed = followed.filter { face in !found.contains { Self.isSame($0.imageBox, face.imageBox) } }
        return found + missed
    }

    /// Whether a face that was searched for is one that was followed, or lies where somebody should be.
    private func isKnown(
        _ face: DetectedFace, _ followed: [DetectedFace], _ known: [FaceTrack], at timestamp: Double
    ) -> Bool {
        followed.contains { Self.isSame($0.imageBox, face.imageBox) }
            || known.contains { Self.isSame($0.motion.searched(at: timestamp), face.imageBox) }
    }

    /// Whether two boxes of a frame show one face: they overlap, or one lies in the other, as after a drift.
    private static func isSame(_ first: Rect, _ second: Rect) -> Bool {
        let smaller = min(first.area, second.area)
        return first.overlap(with: second) > sameFace
            || smaller > 0 && first.intersection(second).area > containedPart * smaller
    }

    private func isSearchDue(_ followed: [DetectedFace], _ known: [FaceTrack], at timestamp: Double) -> Bool {
        if framesSinceSearch >= configuration.detectionInterval
            || timestamp - lastSearch >= configuration.detectionSeconds
        {
            return true
        }
        // Where nobody is met somebody may just have come.
        guard !followed.isEmpty else { return true }
        // Whoever was there a frame ago and is not met now may only have moved too far to be followed.
        let present = table.tracks.filter { $0.state != .lost }
        if followed.count < present.count || followed.contains(where: { hasDrifted($0, known) }) { return true }
        guard
            framesSinceSearch >= configuration.searchInterval
                || timestamp - lastSearch > configuration.searchSeconds
        else { return false }
        let isSomebodyAway = table.tracks.contains { $0.state == .lost && $0.id == keptID }
        return isSomebodyAway || present.isEmpty || followed.contains { $0.score < configuration.weakScore }
    }

    /// Whether a followed face has grown or shrunk so much since the search that only another one can tell whether the
    /// person came nearer or the box ran away.
    private func hasDrifted(_ face: DetectedFace, _ known: [FaceTrack]) -> Bool {
        let nearest = known.max {
            $0.motion.box.overlap(with: face.imageBox) < $1.motion.box.overlap(with: face.imageBox)
        }
        guard let side = nearest.flatMap({ searchedSides[$0.id] }), side > 0, face.imageBox.side > 0 else {
            return false
        }
        return max(side / face.imageBox.side, face.imageBox.side / side) > Self.largestDrift
    }
}

/// Why a frame could not be tracked.
package enum FaceTrackerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Times must be finite and rise from frame to frame; `previous` is nil for the first frame.
    case timestampNotRising(previous: Double?, given: Double)

    package var description: String {
        switch self {
        case .timestampNotRising(let previous?, let given):
            "a frame at \(given) s after one at \(previous) s: times must rise"
        case .timestampNotRising(nil, let given): "a frame at \(given) s: times must be finite"
        }
    }
}

import Imaging

/// What is known of one person over the frames.
package struct FaceTrack: Sendable {
    package let id: Int
    package private(set) var state = TrackState.tentative
    package private(set) var face: DetectedFace
    package private(set) var motion: FaceMotion
    package let firstSeen: Double
    package private(set) var similarity = 1.0
    package var isCrowded = false
    /// Different looks of the person, the first one kept for good and the others replaced in turn.
    private var views: [FaceAppearance] = []
    private var latest: FaceAppearance?
    private var nextView = 1
    private var hits = 1

    /// How many looks are kept: front, both sides, up and down, and a spare.
    private static let mostViews = 6
    /// A face less similar than this to every kept look is a look of its own.
    private static let newView = 0.85

    package init(id: Int, _ observation: FaceObservation, at timestamp: Double) {
        (self.id, face, firstSeen) = (id, observation.face, timestamp)
        motion = FaceMotion(box: observation.face.imageBox, at: timestamp)
        latest = observation.appearance
        views = observation.appearance.map { [$0] } ?? []
    }

    package var lastSeen: Double { motion.timestamp }

    /// How much `appearance` looks like this person, −1…1; nil where there is nothing to compare.
    package func similarity(to appearance: FaceAppearance?) -> Double? {
        guard let appearance else { return nil }
        return (views + (latest.map { [$0] } ?? [])).map { $0.similarity(to: appearance) }.max()
    }

    /// Takes in what was seen of the person.
    ///
    /// - Parameters:
    ///   - confirmationHits: frames in a row that confirm a tentative track.
    ///   - learns: whether the look is sure to be this person's and may be remembered.
    package mutating func see(
        _ observation: FaceObservation, at timestamp: Double, confirmationHits: Int, learns: Bool
    ) {
        similarity = similarity(to: observation.appearance) ?? 1
        motion.correct(observation.face.imageBox, at: timestamp)
        face = observation.face
        hits += 1
        if state == .lost || hits >= confirmationHits { state = .confirmed }
        if learns, let appearance = observation.appearance { remember(appearance) }
    }

    private mutating func remember(_ appearance: FaceAppearance) {
        latest = appearance
        guard views.allSatisfy({ $0.similarity(to: appearance) < Self.newView }) else { return }
        if views.count < Self.mostViews {
            views.append(appearance)
        } else {
            views[nextView] = appearance
            nextView = nextView % (Self.mostViews - 1) + 1
        }
    }

    /// Not seen in this frame.
    package mutating func miss() { (state, isCrowded) = (.lost, false) }

    /// Goes on where `successor` is, the same person under a younger id.
    package mutating func adopt(_ successor: FaceTrack) {
        similarity = similarity(to: successor.latest) ?? 1
        (state, face, motion, isCrowded) = (.confirmed, successor.face, successor.motion, successor.isCrowded)
        latest = successor.latest
    }

    /// The look of this frame, by which an older track may know the person again.
    package var look: FaceAppearance? { latest }

    /// The track as others see it at `timestamp`.
    package func report(at timestamp: Double) -> TrackedFace {
        var face = face
        if state == .lost { face.imageBox = motion.predicted(at: timestamp) }
        return TrackedFace(
            id: id, state: state, face: face, firstSeen: firstSeen, lastSeen: lastSeen, similarity: similarity,
            isCrowded: isCrowded)
    }
}

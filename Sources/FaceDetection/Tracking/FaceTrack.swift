package import Imaging

/// How far a track can be trusted.
public enum TrackState: String, Hashable, Sendable, CaseIterable, Codable {
    /// Seen in too few frames to be sure that it is a face and whose; its id may still change.
    case tentative
    /// Seen in this frame and in enough before it.
    case confirmed
    /// Confirmed once and not seen in this frame; keeps its id until it is seen again or forgotten.
    case lost
}

/// A face of a frame before it is known whose it is, with what tells.
package struct SeenFace: Sendable {
    package let face: DetectedFace
    /// What it looks like; nil where only its place is known.
    package let appearance: FaceAppearance?
    /// Whether it is beyond doubt a face, so that one frame confirms it; see ``FaceTracker/Configuration/SureFace``.
    package let isSure: Bool

    package init(_ face: DetectedFace, appearance: FaceAppearance? = nil, isSure: Bool = false) {
        (self.face, self.appearance, self.isSure) = (face, appearance, isSure)
    }
}

/// What is remembered of one person over the frames: where they were and what they looked like, no picture.
package struct FaceTrack: Equatable, Sendable {
    /// The same for the same person in every frame, also after an absence, once ``state`` was confirmed; counts from 1.
    package private(set) var id: Int
    package internal(set) var state = TrackState.tentative
    /// Place of the person's face among those of the latest frame; nil where it was not seen there.
    package internal(set) var faceIndex: Int?
    package private(set) var motion: FaceMotion
    package let firstSeen: Double
    /// How much the face looks like the same person's did before, −1…1; 1 where there is nothing to compare with.
    package internal(set) var similarity = 1.0
    /// Whether it shares its place with another face, so that either may carry the other's id or cover it.
    package internal(set) var isCrowded = false
    /// Whether its place alone says whose it is: one face there before, one now, and nobody else near.
    package internal(set) var isVouchedByPlace = false
    /// Whether the look was lost and the only face in view was taken for theirs: whoever has this id is perhaps somebody
    /// else. False again once it looks like them.
    package private(set) var isIdentityUncertain = false
    /// Frames in a row in which it was not seen.
    package private(set) var misses = 0
    /// Frames in which each other person was seen beside this one, each in a place of their own.
    private var framesBeside: [Int: Int] = [:]
    /// Different looks of the person, the first one kept for good and the others replaced in turn.
    private var views: [FaceAppearance] = []
    /// The looks from before the identity became uncertain.
    private var earlierViews: [FaceAppearance] = []
    private var latest: FaceAppearance?
    private var strangeness: Strangeness?
    private var nextView = 1
    /// Frames in which it was seen.
    package private(set) var hits = 1

    /// How many looks are kept: front, both sides, up and down, and a spare.
    private static let mostViews = 6
    /// A face less similar than this to every kept look is a look of its own.
    private static let newView = 0.85
    /// Two tracks that were seen together in this many frames are two people: in one frame, the detector may have found a
    /// face twice.
    private static let framesThatPart = 2
    /// A face less similar than this to every kept look may be somebody else's. Of pairs of strangers 93 in a hundred are
    /// less alike; of one person in other light or with the head turned aside next to none (`Docs/SessionQuality.md`).
    private static let strangeSimilarity = 0.55
    /// Who it is is doubted once the look was strange in this many frames and for this many seconds: a lean of the head or a
    /// hand before the face is over sooner.
    private static let (strangeFrames, strangeSeconds) = (3, 0.5)
    /// After a step of more than this many seconds it is doubted at once if the look is less similar than this.
    private static let (exchangeSeconds, exchangeSimilarity) = (1.0, 0.5)

    /// A look that is not the person's, since when and in how many frames.
    private struct Strangeness: Equatable {
        /// The looks from before.
        let known: [FaceAppearance]
        let since: Double
        var frames = 0
    }

    package init(id: Int, _ observation: SeenFace, at timestamp: Double) {
        (self.id, firstSeen) = (id, timestamp)
        motion = FaceMotion(box: observation.face.imageBox, at: timestamp)
        latest = observation.appearance
        views = observation.appearance.map { [$0] } ?? []
        if observation.isSure { state = .confirmed }
    }

    package var lastSeen: Double { motion.timestamp }
    /// The last box that was seen, in pixels of the picture.
    package var box: Rect { motion.box }
    package var isPresent: Bool { misses == 0 }

    /// How much `appearance` looks like this person, −1…1; nil where there is nothing to compare.
    package func similarity(to appearance: FaceAppearance?) -> Double? {
        guard let appearance else { return nil }
        return (views + earlierViews + (latest.map { [$0] } ?? [])).map { $0.similarity(to: appearance) }.max()
    }

    /// The looks that are known to be the person's.
    private var ownLooks: [FaceAppearance] { views + (latest.map { [$0] } ?? []) }

    /// How much `appearance` looks like the person did before the identity became uncertain; nil while it is certain.
    package func earlierSimilarity(to appearance: FaceAppearance?) -> Double? {
        guard isIdentityUncertain, let appearance else { return nil }
        return earlierViews.map { $0.similarity(to: appearance) }.max()
    }

    /// Whether the two were seen at the same time, so that they cannot be one person.
    package func wasSeenBeside(_ other: FaceTrack) -> Bool { framesBeside[other.id, default: 0] >= Self.framesThatPart }

    /// Notes who else is in the frame.
    package mutating func noteBeside(_ others: [FaceTrack]) {
        for other in others where other.id != id { framesBeside[other.id, default: 0] += 1 }
    }

    /// Notes that a younger id turned out to be an older one's.
    package mutating func rename(_ young: Int, to old: Int) {
        if let frames = framesBeside.removeValue(forKey: young) { framesBeside[old, default: 0] += frames }
    }

    /// Drops what is known of people who are forgotten.
    package mutating func forget(except ids: Set<Int>) { framesBeside = framesBeside.filter { ids.contains($0.key) } }

    /// Takes in what was seen of the person.
    ///
    /// - Parameters:
    ///   - learns: whether the look is sure to be this person's and may be remembered.
    ///   - isVouched: whether the place alone says that it is this person.
    package mutating func see(
        _ observation: SeenFace, at timestamp: Double, _ configuration: FaceTracker.Configuration,
        learns: Bool, isVouched: Bool
    ) {
        similarity = similarity(to: observation.appearance) ?? 1
        if isVouched, timestamp - lastSeen > Self.exchangeSeconds, similarity < Self.exchangeSimilarity {
            doubt(since: ownLooks)
        } else if learns {
            watch(observation.appearance, at: timestamp)
        }
        motion.correct(observation.face.imageBox, at: timestamp)
        isVouchedByPlace = isVouched
        (hits, misses) = (hits + 1, 0)
        let hasLasted = hits > 1 && timestamp - firstSeen >= configuration.confirmationSeconds
        if state == .lost || observation.isSure || hits >= configuration.confirmationHits || hasLasted {
            state = .confirmed
        }
        if learns, let appearance = observation.appearance { remember(appearance) }
        settle(configuration.returningSimilarity)
    }

    /// Notes a look that is not the person's, and doubts who it is where it stays.
    private mutating func watch(_ appearance: FaceAppearance?, at timestamp: Double) {
        guard let appearance, !isIdentityUncertain else { return }
        var strange = strangeness ?? Strangeness(known: ownLooks, since: timestamp)
        let likeness = strange.known.map { $0.similarity(to: appearance) }.max() ?? 1
        guard likeness < Self.strangeSimilarity else { return strangeness = nil }
        strange.frames += 1
        strangeness = strange
        if strange.frames >= Self.strangeFrames, timestamp - strange.since >= Self.strangeSeconds - Self.tolerance {
            doubt(since: strange.known)
        }
    }

    /// Times of videos are sums of fractions.
    private static let tolerance = 1e-6

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
    package mutating func miss() {
        (state, faceIndex, isCrowded, isVouchedByPlace) = (.lost, nil, false, false)
        misses += 1
    }

    /// Goes on where `successor` is, the same person under a younger id.
    ///
    /// - Parameter isCertain: whether look or place say so, and not only that nobody else is there.
    package mutating func adopt(_ successor: FaceTrack, isCertain: Bool, returningSimilarity: Double) {
        similarity = similarity(to: successor.latest) ?? 1
        if isCertain {
            watch(successor.latest, at: successor.lastSeen)
        } else {
            doubt(since: ownLooks)
            (views, nextView) = (successor.views, 1)
        }
        (state, motion, isCrowded) = (.confirmed, successor.motion, successor.isCrowded)
        (faceIndex, latest, misses, isVouchedByPlace) = (successor.faceIndex, successor.latest, 0, true)
        framesBeside.merge(successor.framesBeside) { $0 + $1 }
        settle(returningSimilarity)
    }

    /// The look no longer tells: what is learned from now on is kept apart from the looks that were known.
    private mutating func doubt(since known: [FaceAppearance]) {
        if !isIdentityUncertain { (earlierViews, views, nextView) = (known, [], 1) }
        (isIdentityUncertain, strangeness) = (true, nil)
    }

    /// The identity is certain again once the face looks as it did before.
    private mutating func settle(_ returningSimilarity: Double) {
        guard let similarity = earlierSimilarity(to: latest), similarity >= returningSimilarity else { return }
        (views, earlierViews, nextView, isIdentityUncertain) = (earlierViews, [], 1, false)
    }

    /// Parts whoever has this id now, who gets `newID`, from the person who had it before and is `returned`.
    package mutating func part(newID: Int, from returned: FaceTrack) -> FaceTrack {
        var other = self
        (other.id, other.earlierViews, other.isIdentityUncertain) = (newID, [], false)
        strangeness = nil
        (views, earlierViews, nextView, isIdentityUncertain) = (earlierViews, [], 1, false)
        (state, motion, isCrowded) = (.confirmed, returned.motion, returned.isCrowded)
        (faceIndex, latest, misses, isVouchedByPlace) = (returned.faceIndex, returned.latest, 0, false)
        return other
    }

    /// The look of this frame, by which an older track may know the person again.
    package var look: FaceAppearance? { latest }
}

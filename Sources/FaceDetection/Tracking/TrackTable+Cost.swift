internal import Imaging

/// How well a face fits a track.
extension TrackTable {
    /// The part of the place in the cost of a pair, in frames that follow at once; the look has the rest.
    ///
    /// With a second between frames people change places, so the place then has a fifth of it only.
    private static func placeWeight(after seconds: Double) -> Double { 0.6 / (1 + 2 * seconds) }

    /// `1 − w · overlap − (1 − w) · similarity`, below 1; nil where place or look do not fit.
    ///
    /// The overlap is that with the box the track predicts. Where the look is unknown the place has all the weight, and
    /// where the place alone says whose face it is a changed look does not part them.
    func cost(
        of observation: SeenFace, for track: FaceTrack, at timestamp: Double, isVouched: Bool
    ) -> Double? {
        let box = observation.face.imageBox
        guard fits(box, track, at: timestamp) else { return nil }
        let overlap = expected(track, at: timestamp).overlap(with: box)
        guard let similarity = track.similarity(to: observation.appearance) else { return (1 - overlap) * 0.99 }
        guard isVouched || similarity >= configuration.continuingSimilarity else { return nil }
        let weight = Self.placeWeight(after: timestamp - track.lastSeen)
        return (1 - weight * overlap - (1 - weight) * max(similarity, 0)) * 0.99
    }

    /// For each face the index of the one track whose place it is in, while nobody else is near either and nobody who may
    /// have come there by now looks clearly more like it; nil otherwise.
    ///
    /// - Parameter candidates: indices of the tracks that may go on in this frame.
    func vouching(
        of observations: [SeenFace], _ isCrowded: [Bool], by candidates: [Int], at timestamp: Double
    ) -> [Int?] {
        let near = candidates.map { track in
            observations.indices.filter { fits(observations[$0].face.imageBox, tracks[track], at: timestamp) }
        }
        return observations.indices.map { observation in
            let fitting = candidates.indices.filter { near[$0].contains(observation) }
            guard !isCrowded[observation], fitting.count == 1, near[fitting[0]].count == 1 else { return nil }
            let track = candidates[fitting[0]]
            return isRivalled(tracks[track], by: observations[observation], at: timestamp) ? nil : track
        }
    }

    /// By how much more somebody else must look like a face to be thought of in spite of its place.
    private static let rivalMargin = 0.1

    /// Whether the face is rather that of somebody who was elsewhere: two who change places between frames.
    private func isRivalled(_ track: FaceTrack, by observation: SeenFace, at timestamp: Double) -> Bool {
        guard let similarity = track.similarity(to: observation.appearance) else { return false }
        return tracks.contains { other in
            guard other.id != track.id, other.state != .tentative,
                other.isWithinReach(observation.face.imageBox, at: timestamp),
                let rival = other.similarity(to: observation.appearance)
            else { return false }
            return rival >= configuration.returningSimilarity && rival >= similarity + Self.rivalMargin
        }
    }

    /// Overlap with the expected box above which the place fits.
    private static let leastOverlap = 0.2
    /// Otherwise the place fits up to this distance of the centres, in sides of the expected box: at once, more for each
    /// second, and at most.
    private static let (farthest, speed, farthestAfterAll) = (0.8, 0.5, 2.0)
    /// And up to this ratio of the sides: at once, more for each second, and at most.
    private static let (largestRatio, ratioSpeed, largestRatioAfterAll) = (1.6, 0.2, 2.0)

    /// Whether `box` is about where the track should be by now.
    func fits(_ box: Rect, _ track: FaceTrack, at timestamp: Double) -> Bool {
        let (expected, elapsed) = (expected(track, at: timestamp), timestamp - track.lastSeen)
        if expected.overlap(with: box) >= Self.leastOverlap { return true }
        let side = expected.side
        guard side > 0, box.side > 0 else { return false }
        let reach = min(Self.farthest + Self.speed * elapsed, Self.farthestAfterAll)
        let ratio = min(Self.largestRatio + Self.ratioSpeed * elapsed, Self.largestRatioAfterAll)
        return box.center.distance(to: expected.center) <= reach * side
            && max(side / box.side, box.side / side) <= ratio
    }

    /// Where the track was heading; after a while, where it was: nobody keeps a course for long.
    private func expected(_ track: FaceTrack, at timestamp: Double) -> Rect {
        timestamp - track.lastSeen <= configuration.coastingSeconds
            ? track.motion.predicted(at: timestamp) : track.motion.box
    }

    /// Part of a face that another head may cover before the face counts as crowded.
    private static let coveredPart = 0.06
    /// By how many sides hair and chin reach beyond the box.
    private static let headMargin = 0.2
    /// A smaller face than this, in sides of the first, is behind it or none.
    private static let leastSide = 0.5

    /// Whether each face shares its place with another head, in this frame or where one was heading that is hidden or
    /// cut off by now: what is scored would then be partly somebody else.
    func crowding(of observations: [SeenFace], at timestamp: Double) -> [Bool] {
        let boxes = observations.map(\.face.imageBox)
        let hidden = hiddenHeads(beside: boxes, at: timestamp)
        return boxes.indices.map { index in
            boxes.indices.contains { $0 != index && Self.covers(boxes[$0], boxes[index]) }
                || hidden.contains { Self.covers($0, boxes[index]) }
                    && neighbours(at: timestamp).contains { fits(boxes[index], $0, at: timestamp) }
        }
    }

    /// Where confirmed tracks should be whose face is not among `boxes`.
    private func hiddenHeads(beside boxes: [Rect], at timestamp: Double) -> [Rect] {
        tracks.filter { track in
            track.state != .tentative && timestamp - track.lastSeen <= configuration.coastingSeconds
                && !boxes.contains { fits($0, track, at: timestamp) }
        }.map { $0.motion.predicted(at: timestamp) }
    }

    private static func covers(_ other: Rect, _ face: Rect) -> Bool {
        guard other.side >= leastSide * face.side, face.area > 0 else { return false }
        let head = Rect(
            left: other.left - headMargin * other.width, top: other.top - headMargin * other.height,
            right: other.right + headMargin * other.width, bottom: other.bottom + headMargin * other.height)
        return head.intersection(face).area > coveredPart * face.area
    }
}

extension FaceTrack {
    /// How far a person may get, in sides of the face: at once, and more for each second.
    private static let (firstStep, speed) = (1.5, 4.0)
    /// The most a face that was away may have grown or shrunk.
    private static let largestRatio = 2.5

    /// Whether a person who was away can have come to `box`.
    func isWithinReach(_ box: Rect, at timestamp: Double) -> Bool {
        let distance = box.center.distance(to: motion.box.center)
        return hasLikeSize(box) && distance <= motion.box.side * (Self.firstStep + Self.speed * (timestamp - lastSeen))
    }

    /// Whether a face of this size may be this one nearer or farther.
    func hasLikeSize(_ box: Rect) -> Bool {
        let side = motion.box.side
        return side > 0 && box.side > 0 && max(side / box.side, box.side / side) <= Self.largestRatio
    }
}

extension Point {
    /// Straight-line distance in pixels.
    fileprivate func distance(to other: Point) -> Double {
        ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }
}

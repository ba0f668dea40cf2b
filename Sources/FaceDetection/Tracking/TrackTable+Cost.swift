import Imaging

/// How well a face fits a track.
extension TrackTable {
    /// The part of the place in the cost of a pair; the look has the rest.
    private static let placeWeight = 0.6
    /// Overlap with the predicted box above which the place fits.
    private static let leastOverlap = 0.2
    /// Or else: distance of the centres in sides of the predicted box, and ratio of the sides, up to which it fits.
    private static let (farthest, largestRatio) = (0.8, 1.6)

    /// `1 − 0.6 · overlap − 0.4 · similarity`, below 1; nil where place or look do not fit.
    ///
    /// The overlap is that with the box the track predicts. Where the look is unknown the place has all the weight.
    func cost(of observation: FaceObservation, for track: FaceTrack, at timestamp: Double) -> Double? {
        let (predicted, measured) = (track.motion.predicted(at: timestamp), observation.face.imageBox)
        let overlap = predicted.overlap(with: measured)
        guard overlap >= Self.leastOverlap || Self.isNear(measured, to: predicted) else { return nil }
        guard let similarity = track.similarity(to: observation.appearance) else { return (1 - overlap) * 0.99 }
        guard similarity >= configuration.continuingSimilarity else { return nil }
        return 1 - Self.placeWeight * overlap - (1 - Self.placeWeight) * similarity
    }

    private static func isNear(_ measured: Rect, to predicted: Rect) -> Bool {
        let side = predicted.side
        guard side > 0, measured.side > 0 else { return false }
        let ratio = max(side / measured.side, measured.side / side)
        return measured.center.distance(to: predicted.center) <= farthest * side && ratio <= largestRatio
    }
}

extension FaceTrack {
    /// How far a person may get, in sides of the face: at once, and a second more.
    private static let (firstStep, speed) = (1.5, 4.0)
    /// The most a face that was away may have grown or shrunk.
    private static let largestRatio = 2.5

    /// Whether a person who was away can have come to `box`.
    func isWithinReach(_ box: Rect, at timestamp: Double) -> Bool {
        let side = motion.box.side
        guard side > 0, box.side > 0, max(side / box.side, box.side / side) <= Self.largestRatio else { return false }
        let distance = box.center.distance(to: motion.box.center)
        return distance <= side * (Self.firstStep + Self.speed * (timestamp - lastSeen))
    }
}

extension Point {
    /// Straight-line distance in pixels.
    fileprivate func distance(to other: Point) -> Double {
        ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }
}

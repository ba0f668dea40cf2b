import Imaging

/// The tracks of a video and the rules by which faces of a frame are given to them; knows no detector and no picture.
///
/// Everything is decided by place, time and look in a fixed order, so equal frames give equal ids on every machine.
package struct TrackTable: Sendable {
    package let configuration: FaceTracker.Configuration
    /// By rising id.
    package private(set) var tracks: [FaceTrack] = []
    /// The track that is never forgotten.
    package var keptID: Int?
    private var nextID = 1

    /// Overlap above which two faces of a frame are in each other's place.
    private static let crowded = 0.1
    /// A track may be known as an older one for so many seconds after it began: a face that comes back is at first
    /// half outside of the picture or turned.
    private static let adoptionSeconds = 2.0
    /// By how much a newcomer must look more like the one who was away than like anybody else.
    private static let adoptionMargin = 0.05

    package init(configuration: FaceTracker.Configuration) {
        configuration.requireValid()
        self.configuration = configuration
    }

    /// Gives every face of a frame to a track, old or new.
    ///
    /// Confirmed tracks choose first and tentative ones from the rest, so that a false alarm takes nobody's face. What
    /// remains starts a track, unless it is somebody who was away.
    /// - Precondition: `timestamp` lies after that of the frame before.
    package mutating func update(_ observations: [FaceObservation], at timestamp: Double) {
        let isCrowded = Self.crowding(of: observations)
        var free = Array(observations.indices)
        for isTentative in [false, true] {
            let candidates = tracks.indices.filter {
                (tracks[$0].state == .tentative) == isTentative
                    && timestamp - tracks[$0].lastSeen <= configuration.coastingSeconds
            }
            let costs = candidates.map { track in
                free.map { cost(of: observations[$0], for: tracks[track], at: timestamp) }
            }
            let choice = Assignment.leastCost(costs, columns: free.count)
            for (track, column) in zip(candidates, choice) {
                guard let column else { continue }
                let observation = free[column]
                tracks[track].isCrowded = isCrowded[observation]
                tracks[track].see(
                    observations[observation], at: timestamp, confirmationHits: configuration.confirmationHits,
                    learns: !isCrowded[observation])
            }
            let taken = Set(choice.compactMap { $0 })
            free = free.indices.filter { !taken.contains($0) }.map { free[$0] }
        }
        dropUnseen(at: timestamp)
        for observation in free {
            tracks.append(FaceTrack(id: nextID, observations[observation], at: timestamp))
            tracks[tracks.count - 1].isCrowded = isCrowded[observation]
            nextID += 1
        }
        recognizeReturned(at: timestamp)
    }

    /// Marks the confirmed tracks that were not seen, forgets tentative and old ones.
    private mutating func dropUnseen(at timestamp: Double) {
        tracks.removeAll { track in
            guard track.lastSeen < timestamp else { return false }
            let isOld = timestamp - track.lastSeen > configuration.forgettingSeconds
            return track.state == .tentative || isOld && track.id != keptID
        }
        for index in tracks.indices where tracks[index].lastSeen < timestamp { tracks[index].miss() }
    }

    /// Lets lost tracks go on as young ones that look like them, the most similar first.
    private mutating func recognizeReturned(at timestamp: Double) {
        let lost = tracks.filter { $0.state == .lost }
        guard !lost.isEmpty else { return }
        let young = tracks.filter {
            $0.lastSeen == timestamp && timestamp - $0.firstSeen <= Self.adoptionSeconds && $0.id != keptID
        }
        let costs = lost.map { track in
            young.map { candidate in adoptionCost(of: candidate, for: track, at: timestamp) }
        }
        for (track, column) in zip(lost, Assignment.leastCost(costs, columns: young.count)) {
            guard let column, let index = tracks.firstIndex(where: { $0.id == track.id }) else { continue }
            tracks[index].adopt(young[column])
            tracks.removeAll { $0.id == young[column].id }
        }
    }

    /// Whether each face shares its place with another.
    private static func crowding(of observations: [FaceObservation]) -> [Bool] {
        observations.indices.map { index in
            observations.indices.contains {
                $0 != index
                    && observations[$0].face.imageBox.overlap(with: observations[index].face.imageBox) > crowded
            }
        }
    }

    /// What it costs to take `candidate` for the person of `track`, who was away; nil where they cannot be the same.
    private func adoptionCost(of candidate: FaceTrack, for track: FaceTrack, at timestamp: Double) -> Double? {
        guard candidate.firstSeen > track.lastSeen, !candidate.isCrowded,
            let similarity = track.similarity(to: candidate.look),
            similarity >= configuration.returningSimilarity,
            track.isWithinReach(candidate.face.imageBox, at: timestamp)
        else { return nil }
        let rival = tracks.filter { $0.id != track.id && $0.id != candidate.id }
            .compactMap { $0.similarity(to: candidate.look) }.max()
        if let rival, similarity < rival + Self.adoptionMargin { return nil }
        return 1 - similarity
    }
}

internal import Imaging

/// The tracks of a video and the rules by which faces of a frame are given to them; knows no detector and no picture.
///
/// Everything is decided by place, time and look in a fixed order, so equal frames give equal ids on every machine.
package struct TrackTable: Sendable {
    package let configuration: FaceTracker.Configuration
    /// By rising id.
    package internal(set) var tracks: [FaceTrack] = []
    /// The track that is never forgotten.
    package var keptID: Int?
    /// While the kept track is lost: the one that may prove to be theirs.
    package var candidateID: Int? { candidate?.id }
    /// Younger ids that went over into older ones in the last frame.
    package internal(set) var renamed: [Int: Int] = [:]
    /// The candidate and since when it has been one.
    var candidate: (id: Int, since: Double)?
    private var nextID = 1

    package init(configuration: FaceTracker.Configuration) {
        configuration.requireValid()
        self.configuration = configuration
    }

    /// The tracks that a face of the next frame may continue: those seen lately, and those of the last two frames.
    package func neighbours(at timestamp: Double) -> [FaceTrack] { tracks.filter { isNeighbour($0, at: timestamp) } }

    func isNeighbour(_ track: FaceTrack, at timestamp: Double) -> Bool {
        timestamp - track.lastSeen <= configuration.coastingSeconds || track.misses <= 1
    }

    /// Gives every face of a frame to a track, old or new.
    ///
    /// Confirmed tracks choose first and tentative ones from the rest, so that a false alarm takes nobody's face. What
    /// remains starts a track, unless it is somebody who was away.
    /// - Precondition: `timestamp` lies after that of the frame before.
    package mutating func update(_ observations: [SeenFace], at timestamp: Double) {
        renamed = [:]
        let isCrowded = crowding(of: observations, at: timestamp)
        var free = Array(observations.indices)
        let all = tracks.indices.filter { isNeighbour(tracks[$0], at: timestamp) }
        let vouched = vouching(of: observations, isCrowded, by: all, at: timestamp)
        for isTentative in [false, true] {
            let candidates = all.filter { (tracks[$0].state == .tentative) == isTentative }
            let costs = candidates.map { track in
                free.map { observation in
                    cost(
                        of: observations[observation], for: tracks[track], at: timestamp,
                        isVouched: vouched[observation] == track)
                }
            }
            let choice = Assignment.leastCost(costs, columns: free.count)
            for (track, column) in zip(candidates, choice) {
                guard let column else { continue }
                let observation = free[column]
                (tracks[track].faceIndex, tracks[track].isCrowded) = (observation, isCrowded[observation])
                tracks[track].see(
                    observations[observation], at: timestamp, configuration, learns: !isCrowded[observation],
                    isVouched: vouched[observation] == track)
            }
            let taken = Set(choice.compactMap { $0 })
            free = free.indices.filter { !taken.contains($0) }.map { free[$0] }
        }
        dropUnseen(at: timestamp)
        for observation in free {
            var track = FaceTrack(id: takeID(), observations[observation], at: timestamp)
            (track.faceIndex, track.isCrowded) = (observation, isCrowded[observation])
            tracks.append(track)
        }
        recognizeReturned(at: timestamp)
        noteWhoIsBesideWhom()
        takeLoneFace(at: timestamp)
        partFromReturned()
    }

    mutating func takeID() -> Int {
        nextID += 1
        return nextID - 1
    }

    /// Marks the confirmed tracks that were not seen, forgets tentative and old ones.
    private mutating func dropUnseen(at timestamp: Double) {
        let count = tracks.count
        tracks.removeAll { track in
            guard track.lastSeen < timestamp else { return false }
            let isOld = timestamp - track.lastSeen > configuration.forgettingSeconds
            return track.state == .tentative || isOld && track.misses > 1 && track.id != keptID
        }
        for index in tracks.indices where tracks[index].lastSeen < timestamp { tracks[index].miss() }
        guard tracks.count < count else { return }
        let ids = Set(tracks.map(\.id))
        for index in tracks.indices { tracks[index].forget(except: ids) }
    }

    private mutating func noteWhoIsBesideWhom() {
        let apart = tracks.filter { $0.isPresent && $0.state == .confirmed && !$0.isCrowded }
        guard apart.count > 1 else { return }
        for index in tracks.indices where apart.contains(where: { $0.id == tracks[index].id }) {
            tracks[index].noteBeside(apart)
        }
    }
}

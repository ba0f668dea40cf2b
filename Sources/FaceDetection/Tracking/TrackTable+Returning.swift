internal import Imaging

/// Who was away and is seen again.
extension TrackTable {
    /// For this many seconds after it began, and in this many frames, a track may be recognized as an older one: a face that
    /// comes back is at first half outside of the picture or turned away.
    private static let (adoptionSeconds, adoptionFrames) = (2.0, 2)
    /// By how much a newcomer must look more like the one who was away than like anybody else.
    private static let adoptionMargin = 0.05
    /// A face that was missed for less than this, in seconds, and is seen again in its place is the same person's:
    /// hands before the face, a look aside. Nobody gets up and another sits down in that time.
    private static let samePlaceSeconds = 2.0

    /// Lets lost tracks go on as younger ones that look like them, or are where they were, the most similar first.
    mutating func recognizeReturned(at timestamp: Double) {
        let lost = tracks.filter { $0.state == .lost }
        guard !lost.isEmpty else { return }
        let young = tracks.filter {
            $0.isPresent && $0.id != keptID
                && (timestamp - $0.firstSeen <= Self.adoptionSeconds || $0.hits <= Self.adoptionFrames)
        }
        let costs = lost.map { track in
            young.map { candidate in adoptionCost(of: candidate, for: track, at: timestamp) }
        }
        for (track, column) in zip(lost, Assignment.leastCost(costs, columns: young.count)) {
            if let column { adopt(young[column], for: track.id, isCertain: true) }
        }
    }

    private mutating func adopt(_ young: FaceTrack, for id: Int, isCertain: Bool) {
        guard let index = tracks.firstIndex(where: { $0.id == id }) else { return }
        tracks[index].adopt(young, isCertain: isCertain, returningSimilarity: configuration.returningSimilarity)
        tracks.removeAll { $0.id == young.id }
        renamed[young.id] = id
        for index in tracks.indices { tracks[index].rename(young.id, to: id) }
    }

    /// What it costs to take `candidate` for the person of `track`, who was away; nil where they cannot be the same.
    private func adoptionCost(of candidate: FaceTrack, for track: FaceTrack, at timestamp: Double) -> Double? {
        guard candidate.firstSeen > track.lastSeen, !candidate.isCrowded,
            let similarity = track.similarity(to: candidate.look),
            track.isWithinReach(candidate.box, at: timestamp)
        else { return nil }
        if isInPlace(candidate, of: track, at: timestamp) { return (1 - max(similarity, 0)) * 0.99 }
        guard similarity >= configuration.returningSimilarity else { return nil }
        let rival = tracks.filter { $0.id != track.id && $0.id != candidate.id }
            .compactMap { $0.similarity(to: candidate.look) }.max()
        if let rival, similarity < rival + Self.adoptionMargin { return nil }
        return 1 - similarity
    }

    /// Whether the face is where the track's was a moment ago, and nobody else has been near.
    private func isInPlace(_ candidate: FaceTrack, of track: FaceTrack, at timestamp: Double) -> Bool {
        guard candidate.firstSeen == timestamp, timestamp - track.lastSeen <= Self.samePlaceSeconds,
            fits(candidate.box, track, at: timestamp)
        else { return false }
        return tracks.allSatisfy { other in
            if other.id == track.id || other.id == candidate.id || other.state == .tentative { return true }
            let isRecent = other.isPresent || timestamp - other.lastSeen <= Self.samePlaceSeconds
            return !isRecent || !fits(candidate.box, other, at: timestamp)
        }
    }

    /// Takes the face that has been the only one in question for ``FaceTracker/Configuration/loneSeconds`` for the kept
    /// person's, who is away, and says that it is uncertain.
    mutating func takeLoneFace(at timestamp: Double) {
        guard let kept = tracks.first(where: { $0.id == keptID }), kept.state == .lost,
            let face = faceInQuestion(for: kept, at: timestamp)
        else {
            candidate = nil
            return
        }
        if candidate?.id != face.id { candidate = (face.id, timestamp) }
        guard let candidate, timestamp - candidate.since >= configuration.loneSeconds,
            face.isPresent, face.state == .confirmed, !face.isCrowded
        else { return }
        adopt(face, for: kept.id, isCertain: false)
        self.candidate = nil
    }

    /// The only face in view that was never seen beside the kept person and may be theirs; of several the one that is
    /// clearly most like them.
    private func faceInQuestion(for kept: FaceTrack, at timestamp: Double) -> FaceTrack? {
        let strangers = tracks.filter {
            $0.id != kept.id && isNeighbour($0, at: timestamp) && !$0.wasSeenBeside(kept)
                && kept.hasLikeSize($0.box)
        }
        guard strangers.count > 1 else { return strangers.first }
        let ranked = strangers.map { (track: $0, similarity: kept.similarity(to: $0.look) ?? 0) }
            .sorted { $0.similarity > $1.similarity }
        return ranked[0].similarity >= ranked[1].similarity + Self.adoptionMargin ? ranked[0].track : nil
    }

    /// Gives the kept id back to the person who had it, where somebody else has got it and they return.
    mutating func partFromReturned() {
        guard let index = tracks.firstIndex(where: { $0.id == keptID }) else { return }
        let kept = tracks[index]
        let returned = tracks.filter { $0.id != kept.id && $0.isPresent && !$0.isCrowded }.first { young in
            guard let similarity = kept.earlierSimilarity(to: young.look), young.firstSeen > kept.firstSeen
            else { return false }
            let current = kept.earlierSimilarity(to: kept.look) ?? 0
            return similarity >= configuration.returningSimilarity && similarity >= current + Self.adoptionMargin
        }
        guard let returned else { return }
        let other = tracks[index].part(newID: takeID(), from: returned)
        tracks.removeAll { $0.id == returned.id }
        tracks.append(other)
        renamed[returned.id] = kept.id
    }
}

internal import Imaging
package import TensorEngine

/// Picks the interviewee of a video and keeps to them; whoever else is seen never takes their place.
///
/// The interviewee is the confirmed face that was largest and nearest to the centre over the first seconds: over the first
/// one where nobody else is seen, longer where there is a choice. From then on only that id counts: while it is away or in
/// doubt there is no interviewee, rather than the next best face. One mistake is put right: whoever was picked though they
/// only passed.
public struct IntervieweeLock: Sendable {
    package let configuration: Configuration
    package private(set) var state = State.selecting
    /// What was seen of each id.
    private var presence: [Int: Presence] = [:]
    private var started: Double?
    private var previous: Double?
    private var isChosenByHand = false

    private struct Presence {
        /// Seconds of presence, weighted by area and nearness to the centre.
        var weight = 0.0
        /// The same of frames in which the track was not confirmed yet.
        var tentativeWeight = 0.0
        /// Seconds from frame to frame in which it was seen in both.
        var seconds = 0.0
        var lastSeen: Double
    }

    package init(configuration: Configuration = Configuration()) { self.configuration = configuration }

    /// The id of the interviewee, seen or not; nil while there is none.
    package var interviewee: Int? { state.interviewee }

    /// Who would be the interviewee if it had to be decided now; nil where nobody was seen.
    package var leader: Int? { interviewee ?? ranking.first }

    /// Everybody seen so far, the most likely interviewee first.
    package var ranking: [Int] {
        presence.sorted { first, second in
            let (one, other) = (first.value, second.value)
            if one.weight != other.weight { return one.weight > other.weight }
            if one.tentativeWeight != other.tentativeWeight { return one.tentativeWeight > other.tentativeWeight }
            return first.key < second.key
        }.map(\.key)
    }

    /// Whether the choice stands. Somebody who was seen for a few seconds only may turn out to have passed, and gives way
    /// to who stayed.
    package var isSettled: Bool {
        guard let interviewee else { return false }
        return isChosenByHand || (presence[interviewee]?.seconds ?? 0) > Self.passingSeconds
    }

    /// Makes the person of this id the interviewee, whatever was seen until now.
    package mutating func select(_ id: Int) { (state, isChosenByHand) = (.locked(id), true) }

    /// Starts again with nobody.
    package mutating func reset() { self = IntervieweeLock(configuration: configuration) }

    /// What was seen under the younger id counts for the older one, whose it turned out to be.
    package mutating func rename(_ young: Int, to old: Int) {
        guard let known = presence.removeValue(forKey: young) else { return }
        guard let before = presence[old] else { return presence[old] = known }
        presence[old] = Presence(
            weight: before.weight + known.weight, tentativeWeight: before.tentativeWeight + known.tentativeWeight,
            seconds: before.seconds + known.seconds, lastSeen: max(before.lastSeen, known.lastSeen))
    }

    /// Takes in a frame and says how the matter stands.
    ///
    /// - Parameters:
    ///   - faces: who is in it, as ``FaceTracker/track(_:at:)`` gave it.
    ///   - size: of the picture.
    ///   - timestamp: seconds, rising.
    @discardableResult
    package mutating func update(_ faces: [FaceTrack], in size: Size, at timestamp: Double) -> State {
        note(faces.filter { $0.state != .lost }, in: size, at: timestamp)
        if let interviewee {
            state = state(of: interviewee, among: faces, at: timestamp)
            correct(among: faces, at: timestamp)
        } else {
            choose(among: faces, at: timestamp)
        }
        previous = timestamp
        return state
    }

    /// Adds up who is there.
    private mutating func note(_ faces: [FaceTrack], in size: Size, at timestamp: Double) {
        let elapsed = max(min(timestamp - (previous ?? timestamp), configuration.longestStep), .ulpOfOne)
        for face in faces {
            var known = presence[face.id] ?? Presence(lastSeen: timestamp)
            let weight = elapsed * Self.weight(of: face.box, in: size)
            if face.state == .confirmed { known.weight += weight } else { known.tentativeWeight += weight }
            if let previous, known.lastSeen == previous { known.seconds += timestamp - previous }
            known.lastSeen = timestamp
            presence[face.id] = known
        }
        guard presence.count > Self.mostPeople else { return }
        presence = presence.filter { $0.key == interviewee || timestamp - $0.value.lastSeen < Self.memorySeconds }
    }

    private mutating func choose(among faces: [FaceTrack], at timestamp: Double) {
        let confirmed = faces.filter { $0.state != .tentative }
        guard started != nil || !confirmed.isEmpty else { return }
        let begin = started ?? timestamp
        started = begin
        // Only somebody who is there can be chosen, or was a moment ago: they may be hidden while another one passes.
        let ranked = ranking.filter { id in
            confirmed.contains {
                $0.id == id && ($0.state == .confirmed || timestamp - $0.lastSeen <= Self.hiddenSeconds)
            }
        }
        guard let best = ranked.first else { return }
        let weight = presence[best]?.weight ?? 0
        let hasRival = presence.contains { $0.key != best && $0.value.weight > Self.rivalPart * weight }
        let seconds = configuration.selectionSeconds * (hasRival ? Self.contestedFactor : 1)
        if timestamp - begin >= seconds { state = state(of: best, among: faces, at: timestamp) }
    }

    /// Part of the picture that the face covers, times how near to the centre it is, 1 in it and 0.25 in a corner.
    private static func weight(of box: Rect, in size: Size) -> Double {
        let (width, height) = (Double(size.width), Double(size.height))
        let x = (box.center.x - width / 2) / (width / 2)
        let y = (box.center.y - height / 2) / (height / 2)
        return box.area / (width * height) / (1 + 1.5 * (x * x + y * y))
    }

    private func state(of id: Int, among faces: [FaceTrack], at timestamp: Double) -> State {
        guard let face = faces.first(where: { $0.id == id }), face.state == .confirmed else {
            if case .absent = state { return state }
            return .absent(id, since: timestamp)
        }
        if face.isCrowded { return .unsure(id, .sharesPlace) }
        if !face.isVouchedByPlace && face.similarity < configuration.doubtfulSimilarity {
            return .unsure(id, .looksDifferent)
        }
        return .locked(id)
    }

    /// Whoever was picked in passing gives way to the one person who stayed.
    private mutating func correct(among faces: [FaceTrack], at timestamp: Double) {
        guard !isSettled, case .absent(let id, let since) = state, timestamp - since >= Self.correctionSeconds,
            let stayed = faces.filter({ $0.state == .confirmed }).onlyElement, !stayed.isCrowded,
            stayed.id != id, presence[stayed.id]?.seconds ?? 0 >= Self.correctionSeconds
        else { return }
        state = .locked(stayed.id)
    }

    /// With this part of the best one's weight somebody else may be the interviewee as well.
    private static let rivalPart = 0.25
    /// By how much longer the choice then takes: long enough for somebody who passes to have passed.
    private static let contestedFactor = 3.0
    /// For this many seconds somebody who is not seen is still thought to be there.
    private static let hiddenSeconds = 1.0
    /// Whoever was seen for no longer than this, in seconds, and then not for `correctionSeconds`, only passed.
    private static let (passingSeconds, correctionSeconds) = (4.0, 8.0)
    /// With more ids than this, those that were not seen for this many seconds are dropped.
    private static let (mostPeople, memorySeconds) = (64, 60.0)
}

extension IntervieweeLock {
    /// How the interviewee is picked and when a frame is in doubt.
    package struct Configuration: Hashable, Sendable {
        /// Seconds from the first face until the interviewee is picked; three times as many where more than one could be.
        package var selectionSeconds: Double
        /// Similarity of looks, −1…1, below which a face may be somebody else's where others are near.
        package var doubtfulSimilarity: Double
        /// The longest gap between frames, in seconds, that counts as presence.
        package var longestStep: Double

        package init(selectionSeconds: Double = 1, doubtfulSimilarity: Double = 0.8, longestStep: Double = 0.5) {
            precondition(selectionSeconds >= 0, "selectionSeconds \(selectionSeconds) is negative")
            self.selectionSeconds = selectionSeconds
            self.doubtfulSimilarity = doubtfulSimilarity
            self.longestStep = longestStep
        }
    }
}

extension Array {
    /// The element of an array that has one.
    fileprivate var onlyElement: Element? { count == 1 ? self[0] : nil }
}

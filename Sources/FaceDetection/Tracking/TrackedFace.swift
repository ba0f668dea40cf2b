/// A face that has a name of its own over the frames of a video.
public struct TrackedFace: Hashable, Sendable {
    /// The same for the same person in every frame, also after an absence, once ``state`` was confirmed; counts from 1.
    public let id: Int
    public let state: TrackState
    /// The face in this frame; of a lost track the last one seen, its box moved to where it should be by now.
    public let face: DetectedFace
    /// When it was first and last seen, in seconds.
    public let firstSeen: Double
    public let lastSeen: Double
    /// How much it looks like the same track did before, −1…1; 1 where there is nothing to compare with.
    public let similarity: Double
    /// Whether it shares its place with another face, so that either may carry the other's id or cover it.
    public let isCrowded: Bool
    /// Whether its place alone says whose it is: one face there before, one now, and nobody else near.
    public let isVouchedByPlace: Bool
    /// Whether it is perhaps another person than the one who had this id before: the look was lost and the only face in
    /// view was taken for theirs. False again once it looks like them.
    public let isIdentityUncertain: Bool

    package init(
        id: Int, state: TrackState, face: DetectedFace, firstSeen: Double, lastSeen: Double, similarity: Double,
        isCrowded: Bool, isVouchedByPlace: Bool = false, isIdentityUncertain: Bool = false
    ) {
        (self.id, self.state, self.face, self.firstSeen) = (id, state, face, firstSeen)
        (self.lastSeen, self.similarity, self.isCrowded) = (lastSeen, similarity, isCrowded)
        (self.isVouchedByPlace, self.isIdentityUncertain) = (isVouchedByPlace, isIdentityUncertain)
    }
}

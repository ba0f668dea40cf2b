internal import FaceDetection

/// One face of a video frame: whose it is, how it was captured, and its scores where they were asked for.
public struct VideoFace: Hashable, Sendable {
    /// The same for the same person in every frame, also after an absence, once ``state`` was confirmed; counts from 1.
    public let id: Int
    public package(set) var state = TrackState.confirmed
    /// Where the face is and how it was found.
    public let face: DetectedFace
    /// When the person was first and last seen, in seconds.
    public package(set) var firstSeen: Double
    public package(set) var lastSeen: Double
    /// How much the face looks like the same person's did before, −1…1; 1 where there is nothing to compare with.
    public package(set) var similarity = 1.0
    /// Whether it shares its place with another face, so that either may carry the other's id or cover it.
    public package(set) var isCrowded = false
    /// Whether its place alone says whose it is: one face there before, one now, and nobody else near.
    package var isVouchedByPlace = false
    /// Whether it is perhaps another person than the one who had this id before: the look was lost and the only face in
    /// view was taken for theirs. False again once it looks like them.
    public package(set) var isIdentityUncertain = false
    /// Whether this is certainly the interviewee, apart from what ``isIdentityUncertain`` says.
    public package(set) var isInterviewee = false
    /// A probability for each of the seven emotions; nil where this face was not to be scored in this frame.
    public package(set) var emotions: EmotionScores?
    public let quality: CaptureQuality
    /// How much the picture moved where the face was in the latest frame at least 0.2 s ago in which it was scored: the root
    /// mean square of the difference that small shifts explain within that box, at 64×64 gray pixels, over the standard
    /// deviation of the newer one, 0…about 1. Noise and flicker do not count. Nil where there is nothing to compare.
    public package(set) var motion: Double?
    /// The mesh of the face; nil where it was not to be located, or where no face was seen by it.
    public package(set) var mesh: MeshedFace?

    /// How the head is turned, in degrees: by the mesh where there is one, else by the five landmarks.
    public var pose: HeadPose? {
        mesh.map { HeadPose(roll: $0.turn.roll, yaw: $0.turn.yaw, pitch: $0.turn.pitch) } ?? quality.pose
    }

    /// A face that is first seen now, of somebody who is not the interviewee.
    package init(_ face: DetectedFace, id: Int, quality: CaptureQuality, at timestamp: Double) {
        (self.face, self.id, self.quality) = (face, id, quality)
        (firstSeen, lastSeen) = (timestamp, timestamp)
    }

    /// The face of a person who is tracked.
    init(_ face: DetectedFace, of track: FaceTrack, quality: CaptureQuality) {
        (self.face, id, self.quality) = (face, track.id, quality)
        (state, firstSeen, lastSeen) = (track.state, track.firstSeen, track.lastSeen)
        (similarity, isCrowded) = (track.similarity, track.isCrowded)
        (isVouchedByPlace, isIdentityUncertain) = (track.isVouchedByPlace, track.isIdentityUncertain)
    }
}

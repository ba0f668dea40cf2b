/// One face of a video frame: whose it is, how it was captured, and its scores where they were asked for.
public struct VideoFace: Hashable, Sendable {
    /// The face and its track.
    public let track: TrackedFace
    /// Whether this is certainly the interviewee, apart from what ``TrackedFace/isIdentityUncertain`` says.
    public let isInterviewee: Bool
    /// A probability for each of the seven emotions; nil where this face was not to be scored in this frame.
    public let emotions: EmotionScores?
    public let quality: CaptureQuality
    /// How much the picture moved where the face was in the latest frame at least 0.2 s ago in which it was scored: the root
    /// mean square of the difference that small shifts explain within that box, at 64×64 gray pixels, over the standard
    /// deviation of the newer one, 0…about 1. Noise and flicker do not count. Nil where there is nothing to compare.
    public let motion: Double?
    /// The mesh of the face; nil where it was not to be located, or where no face was seen by it.
    public let mesh: MeshedFace?

    /// The same for the same person in every frame, once their track is confirmed.
    public var id: Int { track.id }
    /// How the head is turned, in degrees: by the mesh where there is one, else by the five landmarks.
    public var pose: HeadPose? {
        mesh.map { HeadPose(roll: $0.turn.roll, yaw: $0.turn.yaw, pitch: $0.turn.pitch) } ?? quality.pose
    }
    /// Where the face is and how it was found.
    public var face: DetectedFace { track.face }

    package init(
        track: TrackedFace, isInterviewee: Bool, emotions: EmotionScores?, quality: CaptureQuality,
        motion: Double? = nil, mesh: MeshedFace? = nil
    ) {
        (self.track, self.isInterviewee, self.emotions) = (track, isInterviewee, emotions)
        (self.quality, self.motion, self.mesh) = (quality, motion, mesh)
    }
}

/// One face of a video frame: whose it is, how it was captured, and its scores where they were asked for.
public struct VideoFace: Hashable, Sendable {
    /// The face and its track.
    public let track: TrackedFace
    /// Whether this is certainly the interviewee, apart from what ``TrackedFace/isIdentityUncertain`` says.
    public let isInterviewee: Bool
    /// A probability for each of the seven emotions; nil where this face was not to be scored in this frame.
    public let emotions: EmotionScores?
    public let quality: CaptureQuality
    /// How much the picture changed where the face was at least half a second ago: the root mean square difference of
    /// 16 × 16 cells within that box, in standard deviations of the face, less what noise explains, 0…2. Nil in frames
    /// between, so about two a second say it, and where there is nothing to compare.
    public let motion: Double?

    /// The same for the same person in every frame, once their track is confirmed.
    public var id: Int { track.id }
    /// Where the face is and how it was found.
    public var face: DetectedFace { track.face }

    package init(
        track: TrackedFace, isInterviewee: Bool, emotions: EmotionScores?, quality: CaptureQuality,
        motion: Double? = nil
    ) {
        (self.track, self.isInterviewee, self.emotions) = (track, isInterviewee, emotions)
        (self.quality, self.motion) = (quality, motion)
    }
}

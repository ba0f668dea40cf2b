/// One face of a video frame: whose it is, how it was captured, and its scores where they were asked for.
public struct VideoFace: Sendable {
    /// The face and its track.
    public let track: TrackedFace
    /// Whether this is certainly the interviewee.
    public let isInterviewee: Bool
    /// A probability for each of the seven emotions; nil where this face was not to be scored in this frame.
    public let emotions: EmotionScores?
    public let quality: CaptureQuality

    /// The same for the same person in every frame, once their track is confirmed.
    public var id: Int { track.id }
    /// Where the face is and how it was found.
    public var face: DetectedFace { track.face }
}

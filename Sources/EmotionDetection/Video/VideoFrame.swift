/// What was seen in one frame of a video.
public struct VideoFrame: Sendable {
    /// Counts the frames given to the session, from 0.
    public let index: Int
    /// When the frame was taken, in seconds, as it was given.
    public let timestamp: Double
    /// The faces in the frame, those known longest first.
    public let faces: [VideoFace]
    /// Whether there is an interviewee, and whether this frame shows them.
    public let intervieweeState: IntervieweeLock.State
    /// Whether expressions were scored in this frame.
    public let isClassificationFrame: Bool
    /// Whether the whole picture was searched, or known faces were only followed.
    public let didSearch: Bool
    public let timings: StageTimings

    /// The interviewee's face; nil while nobody is picked and where they are away or in doubt, so that nobody else's
    /// scores can get among theirs.
    public var interviewee: VideoFace? { faces.first(where: \.isInterviewee) }
}

/// What was seen in one frame of a video.
public struct VideoFrame: Hashable, Sendable {
    /// Counts the frames given to the session, from 0.
    public let index: Int
    /// When the frame was taken, in seconds, as it was given.
    public let timestamp: Double
    /// The faces in the frame, those known longest first.
    public let faces: [VideoFace]
    /// Whether there is an interviewee, and whether this frame shows them.
    public let intervieweeState: IntervieweeLock.State
    /// Whether the interviewee stays the interviewee. Somebody who was seen for a few seconds only may yet turn out to have
    /// passed; whoever else is in view is scored too until then.
    public package(set) var isChoiceSettled = true
    /// Who would be the interviewee if it had to be decided now: before the choice the one ahead, in this frame or not;
    /// while the interviewee is away the face that may prove to be theirs. Nil where it is decided and where nobody is in
    /// question.
    ///
    /// Their scores are there too, so whoever keeps them may enter them once a later frame has decided.
    public package(set) var candidate: Int?
    /// Ids of earlier frames that turned out to be another's, each with the older id that the person has from now on.
    public package(set) var renamed: [Int: Int] = [:]
    /// Whether expressions were scored in this frame.
    public package(set) var isClassificationFrame = true
    /// Whether the whole picture was searched, or known faces were only followed.
    public package(set) var didSearch = true
    public let timings: StageTimings

    /// The interviewee's face; nil while nobody is picked and where they are away or in doubt, so that nobody else's
    /// scores can get among theirs.
    public var interviewee: VideoFace? { faces.first(where: \.isInterviewee) }

    /// The face to show as the interviewee's at this moment: theirs, or the candidate's, which a later frame may refute.
    public var leading: VideoFace? { interviewee ?? faces.first { $0.id == candidate } }

    /// A frame in which everything was done and decided.
    package init(
        index: Int, timestamp: Double, faces: [VideoFace], intervieweeState: IntervieweeLock.State,
        timings: StageTimings
    ) {
        (self.index, self.timestamp, self.faces) = (index, timestamp, faces)
        (self.intervieweeState, self.timings) = (intervieweeState, timings)
    }
}

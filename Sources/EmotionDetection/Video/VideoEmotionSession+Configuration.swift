package import FaceDetection

extension VideoEmotionSession {
    /// Whose expressions are scored, how often, and what a well captured face is.
    public struct Configuration: Sendable {
        /// Whose expressions are scored.
        public enum Subjects: Hashable, Sendable {
            /// The interviewee's in frames that show them, and those of the faces that may prove to be theirs.
            case interviewee
            /// Those of every face; the interviewee's are marked.
            case everyone
        }

        /// Whose expressions are scored.
        public var subjects: Subjects
        /// Expressions are scored in every frame of this number; faces are tracked in all.
        public var classificationInterval: Int
        /// What a face must meet to be called well captured.
        public var quality: CaptureQuality.Limits
        /// Whether the mesh of every scored face is located as well, which takes some milliseconds a face and loads the mesh's
        /// networks with the first one.
        public var locatesMeshes: Bool
        /// How faces are followed and the interviewee is picked.
        package var tracking = FaceTracker.Configuration()
        package var lock = IntervieweeLock.Configuration()

        /// The defaults, with what is given in their place.
        ///
        /// - Precondition: `classificationInterval` is positive.
        public init(
            subjects: Subjects = .interviewee, classificationInterval: Int = 1,
            quality: CaptureQuality.Limits = CaptureQuality.Limits(), locatesMeshes: Bool = false
        ) {
            precondition(classificationInterval > 0, "classificationInterval \(classificationInterval) is not positive")
            self.subjects = subjects
            self.classificationInterval = classificationInterval
            self.quality = quality
            self.locatesMeshes = locatesMeshes
        }
    }
}

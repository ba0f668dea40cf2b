extension IntervieweeLock {
    /// Whether there is an interviewee, and whether this frame shows them.
    public enum State: Hashable, Sendable {
        /// The first seconds: nobody has been picked.
        case selecting
        /// The person of this id is the interviewee and is in the picture.
        case locked(Int)
        /// They are not in the picture since this moment, in seconds.
        case absent(Int, since: Double)
        /// They are probably in the picture; the frame had better not count.
        case unsure(Int, Doubt)

        /// The id of the interviewee, seen or not.
        public var interviewee: Int? {
            switch self {
            case .selecting: nil
            case .locked(let id), .absent(let id, _), .unsure(let id, _): id
            }
        }

        /// The state in plain words.
        public var message: String {
            switch self {
            case .selecting: "Finding out who is interviewed."
            case .locked: "The interviewee is in the picture."
            case .absent: "The interviewee is not in the picture."
            case .unsure(_, .sharesPlace): "Unsure: somebody else is in front of or behind the interviewee."
            case .unsure(_, .looksDifferent): "Unsure: the face looks different from the interviewee's."
            }
        }
    }

    /// Why a frame may not show the interviewee though their track goes on.
    public enum Doubt: String, Hashable, Sendable, Codable {
        /// Another face overlaps theirs.
        case sharesPlace = "shares_place"
        /// The look changed much, and the place does not tell whose face it is.
        case looksDifferent = "looks_different"
    }

    /// How the interviewee is picked and when a frame is in doubt.
    public struct Configuration: Hashable, Sendable {
        /// Seconds from the first face until the interviewee is picked; three times as many where more than one could be.
        public var selectionSeconds: Double
        /// Similarity of looks, −1…1, below which a face may be somebody else's where others are near.
        public var doubtfulSimilarity: Double
        /// The longest gap between frames, in seconds, that counts as presence.
        public var longestStep: Double

        public init(selectionSeconds: Double = 1, doubtfulSimilarity: Double = 0.8, longestStep: Double = 0.5) {
            precondition(selectionSeconds >= 0, "selectionSeconds \(selectionSeconds) is negative")
            self.selectionSeconds = selectionSeconds
            self.doubtfulSimilarity = doubtfulSimilarity
            self.longestStep = longestStep
        }
    }
}

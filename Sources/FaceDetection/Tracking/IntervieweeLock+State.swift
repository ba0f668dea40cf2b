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
}

extension IntervieweeLock.State: Codable {
    /// Reads `{"state": "locked", "face_id": 1}` and the like.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .state) {
        case .selecting: self = .selecting
        case .locked: self = .locked(try container.decode(Int.self, forKey: .faceID))
        case .absent:
            self = .absent(
                try container.decode(Int.self, forKey: .faceID),
                since: try container.decode(Double.self, forKey: .since))
        case .unsure:
            self = .unsure(
                try container.decode(Int.self, forKey: .faceID),
                try container.decode(IntervieweeLock.Doubt.self, forKey: .doubt))
        }
    }

    /// Writes the state's name, whose face it is about, and since when (seconds) or why.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .state)
        try container.encodeIfPresent(interviewee, forKey: .faceID)
        switch self {
        case .selecting, .locked: break
        case .absent(_, let since): try container.encode(since, forKey: .since)
        case .unsure(_, let doubt): try container.encode(doubt, forKey: .doubt)
        }
    }

    private var kind: Kind {
        switch self {
        case .selecting: .selecting
        case .locked: .locked
        case .absent: .absent
        case .unsure: .unsure
        }
    }

    private enum Kind: String, Codable { case selecting, locked, absent, unsure }

    private enum CodingKeys: String, CodingKey {
        case state, since, doubt
        case faceID = "face_id"
    }
}

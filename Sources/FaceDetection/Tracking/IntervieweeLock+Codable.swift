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

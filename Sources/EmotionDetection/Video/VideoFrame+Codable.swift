// Frames of a video as JSON, with the names of sessions where both have a thing; see `Docs/Formats.md`.

extension VideoFrame: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        index = try container.decode(Int.self, forKey: .index)
        timestamp = try container.decode(Double.self, forKey: .timestamp)
        faces = try container.decode([VideoFace].self, forKey: .faces)
        intervieweeState = try container.decode(IntervieweeLock.State.self, forKey: .intervieweeState)
        isChoiceSettled = try container.decode(Bool.self, forKey: .isChoiceSettled)
        candidate = try container.decodeIfPresent(Int.self, forKey: .candidate)
        renamed = try container.decode([Int: Int].self, forKey: .renamed)
        isClassificationFrame = try container.decode(Bool.self, forKey: .isClassificationFrame)
        didSearch = try container.decode(Bool.self, forKey: .didSearch)
        timings = try container.decode(StageTimings.self, forKey: .timings)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(timestamp, forKey: .timestamp)
        try container.encode(faces, forKey: .faces)
        try container.encode(intervieweeState, forKey: .intervieweeState)
        try container.encode(isChoiceSettled, forKey: .isChoiceSettled)
        try container.encode(candidate, forKey: .candidate)
        try container.encode(renamed, forKey: .renamed)
        try container.encode(isClassificationFrame, forKey: .isClassificationFrame)
        try container.encode(didSearch, forKey: .didSearch)
        try container.encode(timings, forKey: .timings)
    }

    enum CodingKeys: String, CodingKey {
        case index = "frame"
        case timestamp, faces
        case intervieweeState = "interviewee"
        case isChoiceSettled = "choice_settled"
        case candidate, renamed
        case isClassificationFrame = "classified"
        case didSearch = "searched"
        case timings = "timings_ms"
    }
}

extension VideoFace: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(Int.self, forKey: .id)
        state = try container.decode(TrackState.self, forKey: .state)
        face = try DetectedFace(from: decoder)
        firstSeen = try container.decode(Double.self, forKey: .firstSeen)
        lastSeen = try container.decode(Double.self, forKey: .lastSeen)
        similarity = try container.decode(Double.self, forKey: .similarity)
        isCrowded = try container.decode(Bool.self, forKey: .isCrowded)
        isVouchedByPlace = try container.decode(Bool.self, forKey: .isVouchedByPlace)
        isIdentityUncertain = try container.decode(Bool.self, forKey: .isIdentityUncertain)
        isInterviewee = try container.decode(Bool.self, forKey: .isInterviewee)
        emotions = try container.decodeIfPresent(EmotionScores.self, forKey: .emotions)
        quality = try container.decode(CaptureQuality.self, forKey: .quality)
        motion = try container.decodeIfPresent(Double.self, forKey: .motion)
        mesh = try container.decodeIfPresent(MeshedFace.self, forKey: .mesh)
    }

    /// Writes the face with the names of ``DetectedFace`` beside its own.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(state, forKey: .state)
        try face.encode(to: encoder)
        try container.encode(firstSeen, forKey: .firstSeen)
        try container.encode(lastSeen, forKey: .lastSeen)
        try container.encode(similarity, forKey: .similarity)
        try container.encode(isCrowded, forKey: .isCrowded)
        try container.encode(isVouchedByPlace, forKey: .isVouchedByPlace)
        try container.encode(isIdentityUncertain, forKey: .isIdentityUncertain)
        try container.encode(isInterviewee, forKey: .isInterviewee)
        try container.encode(emotions, forKey: .emotions)
        try container.encode(quality, forKey: .quality)
        try container.encode(motion, forKey: .motion)
        try container.encodeIfPresent(mesh, forKey: .mesh)
    }

    enum CodingKeys: String, CodingKey {
        case id = "face_id"
        case state = "track_state"
        case firstSeen = "first_seen"
        case lastSeen = "last_seen"
        case similarity
        case isCrowded = "crowded"
        case isVouchedByPlace = "vouched_by_place"
        case isIdentityUncertain = "identity_uncertain"
        case isInterviewee = "interviewee"
        case emotions, quality
        case motion = "face_motion"
        case mesh
    }
}

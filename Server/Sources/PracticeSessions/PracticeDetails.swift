import InterviewAnalysis

/// What the service keeps with a session from its beginning, as JSON in the store.
struct PracticeDetails: Codable, Sendable, Hashable {
    var model: SessionDetails.ModelIdentity?
}

/// One thing that happened in a session, as JSON in the store.
enum PracticeEntry: Codable, Sendable, Hashable {
    case frame(SessionEntry, FrameSurroundings)
    case question(QuestionMarker)
    /// The last question is answered again: what was seen since its mark no longer counts.
    case redo(at: Double)
    /// From here on every score takes this face for one at rest; before the first frame.
    case restingFace(RestingFaceProfile)

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let time = try container.decodeIfPresent(Double.self, forKey: .redo) {
            self = .redo(at: time)
        } else if let question = try container.decodeIfPresent(QuestionMarker.self, forKey: .question) {
            self = .question(question)
        } else if let profile = try container.decodeIfPresent(RestingFaceProfile.self, forKey: .restingFace) {
            self = .restingFace(profile)
        } else {
            self = .frame(
                try container.decode(SessionEntry.self, forKey: .event),
                try container.decode(FrameSurroundings.self, forKey: .surroundings))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .redo(let time): try container.encode(time, forKey: .redo)
        case .question(let question): try container.encode(question, forKey: .question)
        case .restingFace(let profile): try container.encode(profile, forKey: .restingFace)
        case .frame(let event, let surroundings):
            try container.encode(event, forKey: .event)
            try container.encode(surroundings, forKey: .surroundings)
        }
    }

    enum CodingKeys: String, CodingKey {
        case event, surroundings, question, redo
        case restingFace = "resting_face"
    }
}

/// What else is kept of a frame's picture.
struct FrameSurroundings: Codable, Sendable, Hashable {
    /// In pixels.
    let width: Int
    let height: Int
    /// Nobody but the interviewee was detected.
    let isAlone: Bool

    enum CodingKeys: String, CodingKey {
        case width, height
        case isAlone = "is_alone"
    }
}

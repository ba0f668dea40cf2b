/// A stretch in which the face looked much less composed than just before, with the frames that show it.
public struct StressEvent: Codable, Sendable, Hashable {
    /// Time of the first low frame, in seconds since the session began.
    public let onset: Double
    /// Time of the lowest frame.
    public let peak: Double
    /// Time of the last low frame.
    public let end: Double
    /// Mean confidence before the onset.
    public let baseline: Double
    /// Confidence at the peak.
    public let lowest: Double
    /// Numbers of the low frames, first to last: the evidence.
    public let frames: [Int]
    public let ending: Ending

    /// How an event came to its end.
    public enum Ending: String, Codable, Sendable, Hashable {
        /// The confidence came back near the baseline.
        case recovered
        /// It stayed low for so long that this is the new baseline.
        case settled
        /// The face was lost while it was low.
        case faceLost = "face_lost"
        /// The session ended while it was low.
        case sessionEnded = "session_ended"
    }

    /// How far the confidence fell.
    public var depth: Double { baseline - lowest }
    /// From the first to the last low frame.
    public var durationSeconds: Double { end - onset }
}

/// The stress events of a stretch of a session, or that there was too little to judge by.
public enum StressFinding: Sendable, Hashable, Codable {
    case events([StressEvent])
    /// No run of frames was long enough for a baseline and an event after it.
    case notEnoughData

    /// The events; none where there was not enough data.
    public var events: [StressEvent] {
        switch self {
        case .events(let events): events
        case .notEnoughData: []
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self =
            try container.decode(Bool.self, forKey: .enoughData)
            ? .events(container.decode([StressEvent].self, forKey: .events)) : .notEnoughData
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self != .notEnoughData, forKey: .enoughData)
        try container.encode(events, forKey: .events)
    }

    enum CodingKeys: String, CodingKey {
        case enoughData = "enough_data"
        case events
    }
}

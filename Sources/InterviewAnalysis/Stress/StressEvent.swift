/// A stretch in which the face looked much less composed than this person usually does, with the frames that show it.
///
/// Scores are those of the steadied course, see ``TimeSeries/course``. An event never holds an absence of the face or the
/// beginning or end of a question, and no two events overlap.
public struct StressEvent: Codable, Sendable, Hashable {
    /// When it began, in seconds since the session began: at the first low frame; half way between that and the one before
    /// where they are more than half a second apart. This is the moment to name.
    public let onset: Double
    /// Time of the lowest frame.
    public let peak: Double
    /// When it was over: at the last low frame, or half way between that and the next.
    public let end: Double
    /// The level it fell from.
    public let baseline: Double
    /// Steadied confidence at the peak, not below the lowest single frame of the event.
    public let lowest: Double
    /// How far below the baseline counted as a drop at this moment: more for a face that often dips.
    public let neededDrop: Double
    /// Numbers of the low frames, first to last: the evidence.
    public let frames: [Int]
    public let ending: Ending

    /// How an event came to its end.
    public enum Ending: String, Codable, Sendable, Hashable {
        /// The confidence came back near the baseline.
        case recovered
        /// It stayed low for so long that this is the new baseline.
        case settled
        /// The face had no score any more while it was low.
        case faceLost = "face_lost"
        /// A question began or ended while it was low.
        case questionEnded = "question_ended"
        /// The session ended while it was low.
        case sessionEnded = "session_ended"
    }

    /// How far the confidence fell.
    public var depth: Double { baseline - lowest }
    public var durationSeconds: Double { end - onset }

    enum CodingKeys: String, CodingKey {
        case onset, peak, end, baseline, lowest
        case neededDrop = "needed_drop"
        case frames, ending
    }
}

/// The stress events of a stretch of a session, or that there was too little to judge by.
public enum StressFinding: Sendable, Hashable, Codable {
    case events([StressEvent])
    /// No run of frames was long enough for a baseline and an event after it, or too few frames could be scored.
    case notEnoughData

    /// The events; none where there was not enough data.
    public var events: [StressEvent] {
        switch self {
        case .events(let events): events
        case .notEnoughData: []
        }
    }

    /// The deepest event, the first of equal ones; nil without any.
    public var deepest: StressEvent? { events.max { $0.depth < $1.depth } }

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

/// A sudden drop of the confidence, as the original records it.
public struct StressSpike: Codable, Sendable, Hashable {
    /// Seconds since the session began.
    public let timestamp: Double
    /// How far the score lay below the mean it was compared with.
    public let dropMagnitude: Double

    enum CodingKeys: String, CodingKey {
        case timestamp
        case dropMagnitude = "drop_magnitude"
    }
}

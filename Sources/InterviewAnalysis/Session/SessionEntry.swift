/// One thing that happened in a session, as a line of a journal holds it.
public enum SessionEntry: Codable, Sendable, Hashable {
    case frame(FrameData)
    case missed(MissedFrame)
    case question(QuestionMarker)

    /// Frames and missed frames in the order of time; both are sorted already.
    ///
    /// - Complexity: O(frames + missed).
    static func merged(frames: [FrameData], missed: [MissedFrame]) -> [SessionEntry] {
        var entries: [SessionEntry] = []
        entries.reserveCapacity(frames.count + missed.count)
        var next = 0
        for frame in frames {
            while next < missed.count, missed[next].timestamp < frame.timestamp {
                entries.append(.missed(missed[next]))
                next += 1
            }
            entries.append(.frame(frame))
        }
        return entries + missed[next...].map(SessionEntry.missed)
    }

    /// When it happened; nil for a question, which is about a stretch.
    var timestamp: Double? {
        switch self {
        case .frame(let frame): frame.timestamp
        case .missed(let missed): missed.timestamp
        case .question: nil
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let frame = try container.decodeIfPresent(FrameData.self, forKey: .frame) {
            self = .frame(frame)
        } else if let missed = try container.decodeIfPresent(MissedFrame.self, forKey: .missed) {
            self = .missed(missed)
        } else {
            self = .question(try container.decode(QuestionMarker.self, forKey: .question))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .frame(let frame): try container.encode(frame, forKey: .frame)
        case .missed(let missed): try container.encode(missed, forKey: .missed)
        case .question(let question): try container.encode(question, forKey: .question)
        }
    }

    enum CodingKeys: String, CodingKey {
        case frame, missed, question
    }
}

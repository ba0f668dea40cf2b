/// Something that went well or that can be worked on, with the number it rests on.
public struct Finding: Codable, Sendable, Hashable {
    public let topic: Topic
    /// One short line.
    public let headline: String
    /// What was seen, or what to try.
    public let advice: String
    /// The number behind it, in the unit of its topic (a score, share or count).
    public let value: Double
    /// Where to look, in seconds since the session began; nil where it is about the whole session.
    public let timestamp: Double?

    /// What a finding is about.
    public enum Topic: String, Codable, Sendable, Hashable, CaseIterable {
        case opening, closing, steadiness, stress, warmth, tension, frustration, lowMood = "low_mood"
        case composure, coverage, stillness
    }
}

/// Where a question of the interview begins, and where its answer ends if that is known.
public struct QuestionMarker: Codable, Sendable, Hashable {
    public let label: String
    /// Seconds since the session began.
    public let start: Double
    /// Nil: until the next question, or the end of the session.
    public let end: Double?

    public init(label: String, start: Double, end: Double? = nil) {
        self.label = label
        self.start = start
        self.end = end
    }
}

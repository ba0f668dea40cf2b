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

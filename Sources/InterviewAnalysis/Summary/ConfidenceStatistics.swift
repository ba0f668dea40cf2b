/// Figures of the confidence over a stretch, each 0…1.
public struct ConfidenceStatistics: Codable, Sendable, Hashable {
    public let mean: Double
    public let median: Double
    /// Of the population, as numpy's `std`.
    public let standardDeviation: Double
    public let minimum: Double
    public let maximum: Double

    /// Nil for no scores.
    package init?(of scores: [Double]) {
        guard let minimum = scores.min(), let maximum = scores.max() else { return nil }
        mean = Statistics.mean(scores)
        median = Statistics.median(scores)
        standardDeviation = Statistics.variance(scores).squareRoot()
        self.minimum = minimum
        self.maximum = maximum
    }

    enum CodingKeys: String, CodingKey {
        case mean, median
        case standardDeviation = "standard_deviation"
        case minimum, maximum
    }
}

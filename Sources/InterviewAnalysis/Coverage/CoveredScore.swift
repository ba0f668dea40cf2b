/// A score with the coverage it rests on; withheld where that is too little.
public struct CoveredScore: Codable, Sendable, Hashable {
    /// 0…1; nil where the score is withheld.
    public let value: Double?
    public let coverage: Coverage
    /// The share of frames below which nothing is said.
    public let minimumCoverage: Double

    /// - Parameter mean: the mean confidence of the scored frames; nil where there is none.
    public init(mean: Double?, coverage: Coverage, minimumCoverage: Double) {
        value = coverage.share >= minimumCoverage ? mean : nil
        self.coverage = coverage
        self.minimumCoverage = minimumCoverage
    }

    public var isWithheld: Bool { value == nil }

    public var level: ConfidenceLevel? { value.map(ConfidenceLevel.init(score:)) }

    enum CodingKeys: String, CodingKey {
        case value, coverage
        case minimumCoverage = "minimum_coverage"
    }
}

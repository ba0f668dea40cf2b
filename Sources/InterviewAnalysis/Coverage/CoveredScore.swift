/// A score with the coverage it rests on; withheld where that is too little.
public struct CoveredScore: Codable, Sendable, Hashable {
    /// 0…1; nil where the score is withheld.
    public let value: Double?
    /// How far it can be trusted; nil where the score is withheld.
    public let interval: ScoreInterval?
    public let coverage: Coverage
    /// The share of frames below which nothing is said.
    package let minimumCoverage: Double

    /// The mean confidence of the scored frames.
    init(of scored: [FrameData], coverage: Coverage, minimumCoverage: Double) {
        let isShown = coverage.share >= minimumCoverage && !scored.isEmpty
        value = isShown ? Statistics.mean(scored.map(\.confidenceScore)) : nil
        interval = isShown ? ScoreInterval(of: scored) : nil
        self.coverage = coverage
        self.minimumCoverage = minimumCoverage
    }

    public var isWithheld: Bool { value == nil }

    public var level: ConfidenceLevel? { value.map(ConfidenceLevel.init(score:)) }

    enum CodingKeys: String, CodingKey {
        case value, interval, coverage
        case minimumCoverage = "minimum_coverage"
    }
}

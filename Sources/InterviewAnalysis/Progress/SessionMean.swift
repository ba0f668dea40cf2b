/// The mean confidence of a session and how sure it is.
public struct SessionMean: Codable, Sendable, Hashable {
    /// What the session is called in a list, such as its date.
    public let label: String
    public let mean: Double
    /// Population variance of the scores of its frames.
    package let variance: Double
    public let frameCount: Int
    /// How many independent frames would tell as much.
    package let effectiveCount: Double
    /// How far other light may move the mean to either side, 0…1; 0 where nobody estimated it. See ``ScoreInterval/light``.
    package let light: Double

    /// Neighbouring frames show nearly the same face, so n frames are worth n·(1 − ρ)/(1 + ρ) independent ones, where ρ
    /// is the correlation of each score with the next. ρ below 0 is taken as 0: frames are never worth more than they
    /// are.
    ///
    /// - Parameters:
    ///   - scores: in the order of time.
    ///   - light: half width of the 95 % interval that other light makes.
    /// - Source: the effective sample size of a first-order autoregressive series, e.g. Wilks, Statistical Methods in
    ///   the Atmospheric Sciences, 4th edition.
    package init?(label: String, scores: [Double], light: Double = 0) {
        guard !scores.isEmpty else { return nil }
        self.light = light
        self.label = label
        mean = Statistics.mean(scores)
        variance = Statistics.variance(scores)
        frameCount = scores.count
        let mean = mean
        let lagged = zip(scores, scores.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
        let correlation = variance > 0 ? lagged / (variance * Double(scores.count)) : 0
        let held = min(0.9999, max(0, correlation))
        effectiveCount = max(1, Double(scores.count) * (1 - held) / (1 + held))
    }

    /// The mean of a recorded session; nil where its score is withheld.
    package init?(label: String, summary: SessionSummary) {
        guard !summary.score.isWithheld else { return nil }
        self.init(
            label: label, scores: summary.timeSeries.confidence, light: summary.score.interval?.light ?? 0)
    }

    /// Variance of the mean: that of the frames over their effective number.
    package var errorVariance: Double { variance / effectiveCount }

    enum CodingKeys: String, CodingKey {
        case label, mean, variance, light
        case frameCount = "frame_count"
        case effectiveCount = "effective_count"
    }
}

/// How steady the confidence was over a window of frames.
///
/// The original names the three and shows one example (variance 0.02, "improving", consistency 0.85) without their
/// formulas. Here: `variance` is the population variance, `consistency` is 1 − its square root, not below 0 (a
/// variance of 0.0225 prints as 0.02 and gives exactly 0.85), and `trend` compares the mean of the newer half of the
/// window with that of the older half, the middle frame of an odd count left out.
public struct Stability: Codable, Sendable, Hashable {
    public let variance: Double
    public let trend: Trend
    /// 0…1; 1 for a flat line.
    public let consistency: Double

    /// Where a series is heading.
    public enum Trend: String, Codable, Sendable, Hashable {
        case improving, declining, stable
    }

    /// The halves must differ by more than this for a trend; a third of a stress spike.
    package static let trendThreshold = 0.05
    /// With fewer frames there is no trend: it would be a word for noise.
    package static let minimumTrendFrames = 6

    /// - Parameter scores: oldest first, each 0…1.
    package init(of scores: some Collection<Double>) {
        variance = Statistics.variance(scores)
        consistency = max(0, 1 - variance.squareRoot())
        trend = Self.trend(of: scores)
    }

    private static func trend(of scores: some Collection<Double>) -> Trend {
        guard scores.count >= minimumTrendFrames else { return .stable }
        let half = scores.count / 2
        let change = Statistics.mean(Array(scores.suffix(half))) - Statistics.mean(Array(scores.prefix(half)))
        if change > trendThreshold { return .improving }
        return change < -trendThreshold ? .declining : .stable
    }
}

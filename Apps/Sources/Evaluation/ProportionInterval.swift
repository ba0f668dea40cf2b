/// Where the true proportion lies, given how often something happened: Wilson's score interval of 95 %.
///
/// Unlike the usual ±1.96·√(p(1 − p)/n) it stays within 0…1 and is right for few and for extreme counts.
/// - Source: Wilson, 1927, doi:10.1080/01621459.1927.10502953.
public struct ProportionInterval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double

    /// The 97.5 % quantile of the normal distribution.
    private static let quantile = 1.959963984540054

    /// - Precondition: `count > 0`, `0 ≤ successes ≤ count`.
    public init(successes: Int, of count: Int) {
        precondition(count > 0 && (0...count).contains(successes), "\(successes) successes of \(count)")
        let (whole, square) = (Double(count), Self.quantile * Self.quantile)
        let share = Double(successes) / whole
        let middle = (share + square / (2 * whole)) / (1 + square / whole)
        let spread = (share * (1 - share) / whole + square / (4 * whole * whole)).squareRoot()
        let half = Self.quantile * spread / (1 + square / whole)
        (lower, upper) = (max(0, middle - half), min(1, middle + half))
    }
}

/// A part of a session, in seconds since its beginning.
public struct TimeSpan: Codable, Sendable, Hashable {
    public let start: Double
    public let end: Double

    public var seconds: Double { end - start }
}

/// A share of the time with its 95 % interval for other moments of the same session.
///
/// The interval is Wilson's, the frames of one second counting as one look, as in ``ScoreInterval``.
/// - Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
public struct MeasuredShare: Codable, Sendable, Hashable {
    /// 0…1, all three.
    public let value: Double
    public let lower: Double
    public let upper: Double

    /// Nil for no time or no rows.
    init?(_ share: Double, rows: Int, seconds: Double) {
        guard rows > 0, seconds > 0, share.isFinite else { return nil }
        let value = min(1, max(0, share))
        let (looks, z) = (min(Double(rows), 1 + seconds), Self.normal975)
        let middle = (value + z * z / (2 * looks)) / (1 + z * z / looks)
        let half =
            z / (1 + z * z / looks) * (value * (1 - value) / looks + z * z / (4 * looks * looks)).squareRoot()
        self.init(value: value, lower: max(0, min(value, middle - half)), upper: min(1, max(value, middle + half)))
    }

    private init(value: Double, lower: Double, upper: Double) {
        (self.value, self.lower, self.upper) = (value, lower, upper)
    }

    /// The same share with an interval that also holds what other limits would have counted.
    func widened(to others: MeasuredShare?...) -> MeasuredShare {
        let known = others.compactMap(\.self)
        return MeasuredShare(
            value: value, lower: known.reduce(lower) { min($0, $1.lower) },
            upper: known.reduce(upper) { max($0, $1.upper) })
    }

    /// The 97.5 % quantile of the normal distribution.
    static let normal975 = 1.959963984540054
}

/// How often something happened a minute, with its 95 % interval.
///
/// The interval is that of a Poisson count, by Wilson's and Hilferty's approximation, within 0.1 of the exact one from one
/// event on.
/// - Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, 1987, equations 2.13 and 2.14.
public struct MeasuredRate: Codable, Sendable, Hashable {
    public let count: Int
    /// The time that was searched.
    public let seconds: Double
    /// A minute, all three.
    public let value: Double
    public let lower: Double
    public let upper: Double

    /// Nil for no time.
    init?(count: Int, seconds: Double) {
        guard seconds > 0 else { return nil }
        (self.count, self.seconds) = (count, seconds)
        let (k, z, minutes) = (Double(count), MeasuredShare.normal975, seconds / 60)
        func cube(_ value: Double) -> Double { value * value * value }
        value = k / minutes
        lower = count == 0 ? 0 : k * cube(1 - 1 / (9 * k) - z / (3 * k.squareRoot())) / minutes
        // The exact limit for no event at all is −ln 0.025.
        upper =
            (count == 0 ? 3.688879454113936 : (k + 1) * cube(1 - 1 / (9 * (k + 1)) + z / (3 * (k + 1).squareRoot())))
            / minutes
    }
}

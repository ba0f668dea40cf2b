/// Parts rounded so that what is printed still adds up to the printed sum.
enum RoundedParts {
    /// Tenths of a point of 100 for each part; they add up to `total` rounded likewise.
    ///
    /// Every part is rounded down and the tenths that are missing go to the largest remainders (Hamilton's method), so
    /// no part is off by a whole tenth.
    ///
    /// - Parameters:
    ///   - parts: finite, in points of a score of 0…1.
    ///   - total: their sum.
    static func tenths(of parts: [Double], total: Double) -> [Int] {
        var tenths = parts.map { Int(($0 * 1000).rounded(.down)) }
        let missing = Int(DecimalRounding.units(total * 100, digits: 1)) - tenths.reduce(0, +)
        let remainders = parts.indices.sorted { remainder(parts[$0]) > remainder(parts[$1]) }
        for index in remainders.prefix(max(0, missing)) { tenths[index] += 1 }
        return tenths
    }

    private static func remainder(_ part: Double) -> Double { part * 1000 - (part * 1000).rounded(.down) }
}

extension ScoreExplanation {
    /// The points of each factor as the report shows them, in tenths; they add up to the score likewise.
    var shownTenths: [Int] { RoundedParts.tenths(of: factors.map(\.contribution), total: score) }
}

extension ReportPage {
    /// From the start to the score, each factor's bar beginning where the one before ended.
    var explanationSection: HTMLNode {
        guard let explanation = summary.explanation, !summary.score.isWithheld else { return .empty }
        let tenths = explanation.shownTenths
        var sum = 0
        let rows: [HTMLNode] = zip(explanation.factors, tenths).compactMap { factor, tenths in
            guard tenths != 0 else { return nil }
            defer { sum += tenths }
            return row(factor.source, tenths: tenths, from: sum)
        }
        return section(
            "explanation", "What the score is made of",
            lead: "Points of 100. The rows add up to the score exactly; expressions that changed nothing are left out.",
            [.tag("ul", ["class": "factors"], rows + [totalRow(tenths: tenths.reduce(0, +))])])
    }

    private func row(_ source: ScoreExplanation.Source, tenths: Int, from start: Int) -> HTMLNode {
        let left = min(100, max(0, Double(min(start, start + tenths)) / 10))
        let width = min(Double(tenths.magnitude) / 10, 100 - left)
        let style = tenths < 0 ? "takes" : source == .start ? "starts" : "adds"
        return line(
            source.words, bar: style, left: left, width: width, points: ReportText.signedTenths(tenths), style: "factor"
        )
    }

    private func totalRow(tenths: Int) -> HTMLNode {
        let score = Double(tenths) / 10
        return line(
            "Score", bar: "sum", left: 0, width: score, points: ReportText.fixed(score, digits: 1),
            style: "factor total")
    }

    /// - Parameters:
    ///   - left: where the bar begins, in points of 100.
    ///   - width: of the bar, likewise.
    private func line(
        _ name: String, bar: String, left: Double, width: Double, points: String, style: String
    ) -> HTMLNode {
        .tag(
            "li", ["class": style],
            [
                .tag("span", [:], [.text(name)]),
                .tag(
                    "div", ["class": "track", "aria-hidden": "true"],
                    [
                        .tag(
                            "i",
                            [
                                "class": bar,
                                "style": "left:\(ReportText.svg(left))%;width:\(ReportText.svg(width))%",
                            ])
                    ]),
                .tag("span", ["class": "points"], [.text(points)]),
            ])
    }
}

extension ScoreExplanation.Source {
    /// The factor as a reader knows it.
    fileprivate var words: String {
        switch self {
        case .start: "Start: a face without expression"
        case .angry: "Read as angry"
        case .disgust: "Read as disgust"
        case .fear: "Read as fear"
        case .happy: "Read as happy"
        case .sad: "Read as sad"
        case .surprise: "Read as surprise"
        case .neutral: "Read as neutral"
        case .restingFaceProfile: "Your resting face, taken off"
        case .smileCorrection: "A smile read as surprise, corrected"
        case .restingFaceCorrection: "A resting face read as angry, corrected"
        case .remainder: "Limits of the scale, rounding"
        }
    }
}

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

extension ReportPage {
    /// Praise and advice side by side, the one tip that matters most above.
    var findingSection: HTMLNode {
        let praise = list(
            "What went well", "✓", "well", summary.strengths,
            empty: "Nothing stood out in this session.")
        let advice = list(
            "What to try", "→", "try", summary.improvementAreas, empty: "Nothing in particular.")
        return section(
            "findings", "What to take away", [tipNode, .tag("div", ["class": "columns"], [praise, advice]), nextGoal])
    }

    private var tipNode: HTMLNode {
        guard let tip = report.tip else { return .empty }
        let moment = tip.moment.map { ", most strongly around \(ReportText.clock($0))" } ?? ""
        // A finding about the same expression says the same already.
        let topic = SessionGoal.Measure(rawValue: tip.source.rawValue)
        let isSaid = summary.improvementAreas.contains { topic != nil && SessionGoal.Measure($0.topic) == topic }
        let advice = isSaid ? "" : " \(tip.advice)"
        let points = ReportText.fixed(Double(shownTenths(of: tip.source).magnitude) / 10, digits: 1)
        return .tag(
            "p", ["class": "tip"],
            [
                .tag("strong", [:], ["What lowered the score most: "]),
                .text(
                    "your face was read as \(tip.source.rawValue)\(moment), which cost \(points) points.\(advice)"),
            ])
    }

    /// What a factor adds or takes, as the table of the factors has it.
    private func shownTenths(of source: ScoreExplanation.Source) -> Int {
        guard let explanation = summary.explanation else { return 0 }
        return zip(explanation.factors, explanation.shownTenths).first { $0.0.source == source }?.1 ?? 0
    }

    private func list(
        _ heading: String, _ sign: String, _ style: String, _ findings: [Finding], empty: String
    ) -> HTMLNode {
        let items: [HTMLNode] = findings.map { finding in
            .tag(
                "li", [:],
                [
                    .tag("span", ["class": "sign \(style)", "aria-hidden": "true"], [.text(sign)]),
                    .tag(
                        "div", [:],
                        [
                            .tag("b", [:], [.text(finding.headline)]),
                            finding.timestamp.map {
                                .tag("span", ["class": "when"], [.text(" at \(ReportText.clock($0))")])
                            } ?? .empty,
                            .tag("p", [:], [.text(finding.advice)]),
                        ]),
                ])
        }
        return .tag(
            "div", [:],
            [
                .tag("h3", [:], [.text(heading)]),
                items.isEmpty
                    ? .tag("p", ["class": "note"], [.text(empty)]) : .tag("ul", ["class": "findings"], items),
            ])
    }
}

extension ReportPage {
    /// Praise and advice side by side, the one tip that matters most above.
    var findingSection: HTMLNode {
        let praise = list(
            "What went well", "✓", "well", summary.strengths,
            empty: "Nothing stood out this time; the next session will.")
        let advice = list(
            "What to try", "→", "try", summary.improvementAreas, empty: "Nothing in particular. Keep practising.")
        return section(
            "findings", "What to take away", [tipNode, .tag("div", ["class": "columns"], [praise, advice])])
    }

    private var tipNode: HTMLNode {
        guard let tip = report.tip else { return .empty }
        return .tag(
            "p", ["class": "tip"],
            [
                .tag("strong", [:], ["What would raise the score most: "]), .text(tip.advice),
                .text(" It took \(ReportText.fixed(tip.cost * 100, digits: 1)) points."),
            ])
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

extension ReportPage {
    /// Which answer was best and which weakest, and why; nothing where they cannot be told apart.
    var comparisonNode: HTMLNode {
        guard let comparison = report.comparison else { return .empty }
        return .group([
            comparison.face.map { pair in
                node(
                    "by the face", pair,
                    note: pair.overlaps ? "Their ranges overlap, so chance or the light may have made the order." : nil)
            } ?? .empty,
            comparison.words.map { node("by the words", $0, note: nil) } ?? .empty,
        ])
    }

    private func node(_ name: String, _ pair: AnswerComparison.Pair, note: String?) -> HTMLNode {
        .group([
            .tag(
                "ul", ["class": "findings answer"],
                [
                    item("✓", "well", "Best answer", name, pair.best),
                    item("→", "try", "Weakest answer", name, pair.weakest),
                ]),
            note.map { .tag("p", ["class": "note"], [.text($0)]) } ?? .empty,
        ])
    }

    private func item(
        _ sign: String, _ style: String, _ place: String, _ name: String, _ answer: AnswerComparison.Answer
    ) -> HTMLNode {
        return .tag(
            "li", [:],
            [
                .tag("span", ["class": "sign \(style)", "aria-hidden": "true"], [.text(sign)]),
                .tag(
                    "div", [:],
                    [
                        .tag(
                            "b", [:],
                            [
                                .text(
                                    "\(place) \(name): Q\(answer.index + 1), \(ReportText.points(answer.score)) of 100. "
                                )
                            ]),
                        .text(answer.reasons.joined(separator: " · ")),
                    ]),
            ])
    }
}

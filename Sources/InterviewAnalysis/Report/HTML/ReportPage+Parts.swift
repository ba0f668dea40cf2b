extension ReportPage {
    /// Beginning, middle and end side by side.
    var partsSection: HTMLNode {
        let segments = summary.segments
        let parts = [("Beginning", segments.beginning), ("Middle", segments.middle), ("End", segments.end)]
        guard parts.contains(where: { $0.1 != nil }) else { return .empty }
        var previous: SegmentSummary?
        let cards = parts.map { name, segment in
            defer { previous = segment ?? previous }
            return card(name, segment, after: previous)
        }
        return section(
            "parts", "Beginning, middle, end",
            lead: "The first 20 %, the next 60 % and the last 20 % of the scored frames.",
            [.tag("div", ["class": "parts"], cards)])
    }

    private func card(_ name: String, _ segment: SegmentSummary?, after previous: SegmentSummary?) -> HTMLNode {
        guard let segment else {
            return .tag(
                "div", ["class": "part"],
                [.tag("h3", [:], [.text(name)]), .tag("p", ["class": "note"], ["too few scored frames"])])
        }
        let shown = ShownScore(segment.confidence.mean)
        let change = segment.telling.flatMap { _ in
            previous?.telling.map { shown.points - ShownScore($0.confidence.mean).points }
        }
        return .tag(
            "div", ["class": "part"],
            [
                .tag("h3", [:], [.text(name)]),
                .tag(
                    "p", ["class": "figure"],
                    [.text("\(shown.points)"), changeNode(change)]),
                .tag(
                    "p", ["class": "level-line"],
                    [.tag("span", ["class": "dot \(shown.level.cssClass)"]), .text(shown.appearance)]),
                mixture(of: segment.emotions),
                .tag("p", ["class": "note"], [.text(span(segment.start, segment.end))]),
            ])
    }

    /// The difference from the part before, with an arrow so that it is not told by color.
    private func changeNode(_ points: Int?) -> HTMLNode {
        guard let points else { return .empty }
        guard points != 0 else { return .tag("span", ["class": "change"], ["= unchanged"]) }
        return .tag(
            "span", ["class": "change"], [.text(points > 0 ? "▲ \(points) higher" : "▼ \(-points) lower")])
    }
}

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
                "div", ["class": "part"], [.tag("h3", [:], [.text(name)]), .tag("p", ["class": "note"], ["no frame"])])
        }
        let change = previous.map { segment.confidence.mean - $0.confidence.mean }
        return .tag(
            "div", ["class": "part"],
            [
                .tag("h3", [:], [.text(name)]),
                .tag(
                    "p", ["class": "figure"],
                    [.text(ReportText.points(segment.confidence.mean)), changeNode(change)]),
                .tag(
                    "p", ["class": "level-line"],
                    [.tag("span", ["class": "dot \(segment.level.cssClass)"]), .text(segment.level.rawValue)]),
                mixture(of: segment.emotions),
                .tag("p", ["class": "note"], [.text(span(segment.start, segment.end))]),
            ])
    }

    /// The difference from the part before, with an arrow so that it is not told by color.
    private func changeNode(_ change: Double?) -> HTMLNode {
        guard let change else { return .empty }
        let points = ReportText.points(abs(change))
        guard points != "0" else { return .tag("span", ["class": "change"], ["= unchanged"]) }
        return .tag(
            "span", ["class": "change"], [.text(change > 0 ? "▲ \(points) higher" : "▼ \(points) lower")])
    }

    /// A row for each question that was marked.
    var questionSection: HTMLNode {
        guard !summary.questions.isEmpty else { return .empty }
        return section(
            "questions", "Question by question", lead: "The mean score from the start of each question to its end.",
            [.tag("ol", ["class": "questions"], summary.questions.enumerated().map { row($0.offset + 1, $0.element) })])
    }

    private func row(_ number: Int, _ question: QuestionScore) -> HTMLNode {
        let score = question.score
        var facts = [span(question.start, question.end)]
        facts.append("\(ReportText.percent(score.coverage.share)) of its frames scored")
        if question.stressEvents > 0 {
            facts.append(ReportText.count(question.stressEvents, "sudden drop", "sudden drops"))
        }
        if let stability = question.stability, stability.trend != .stable { facts.append(stability.trend.rawValue) }
        let level = score.level
        return .tag(
            "li", [:],
            [
                .tag(
                    "div", ["class": "question-head"],
                    [
                        .tag("span", ["class": "question-number"], [.text("Q\(number)")]),
                        .tag("span", ["class": "question-label"], [.foreign(question.label)]),
                        .tag(
                            "span", ["class": "question-score"],
                            [
                                .tag("b", [:], [.text(score.value.map(ReportText.points) ?? "–")]),
                                .text(" " + (level?.rawValue ?? "withheld")),
                            ]),
                    ]),
                .tag(
                    "div", ["class": "bar", "aria-hidden": "true"],
                    [
                        .tag(
                            "i",
                            [
                                "class": level?.cssClass ?? "",
                                "style": "width:\(ReportText.svg((score.value ?? 0) * 100))%",
                            ])
                    ]),
                .tag("p", ["class": "note"], [.text(facts.joined(separator: " · "))]),
            ])
    }
}

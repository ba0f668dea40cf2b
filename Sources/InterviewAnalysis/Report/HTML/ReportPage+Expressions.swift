import Emotions

extension ReportPage {
    /// One small curve for each expression, the most frequent first.
    var expressionSection: HTMLNode {
        guard let means = summary.emotions else { return .empty }
        let sorted = Emotion.allCases.sorted { means[$0] > means[$1] }
        return section(
            "expressions", "Expressions over time",
            lead: "How strongly the classifier saw each expression, from 0 to 100 %. On the right the mean.",
            [
                .tag("div", ["class": "multiples"], sorted.map { row(of: $0, mean: means[$0]) } + [axisRow]),
                uncertainNote,
            ])
    }

    private func row(of emotion: Emotion, mean: Double) -> HTMLNode {
        let peak = report.expressions.max { $0.emotions[emotion] < $1.emotions[emotion] }
        let highest = peak.map {
            ", highest \(ReportText.percent($0.emotions[emotion])) around \(ReportText.clock(($0.start + $0.end) / 2))"
        }
        let label = "\(emotion.rawValue): \(ReportText.percent(mean)) on average\(highest ?? "")"
        return .tag(
            "div", ["class": "multiple \(emotion.rawValue)", "role": "img", "aria-label": label],
            [
                .tag("span", ["class": "name"], [.tag("i", ["class": "swatch"]), .text(emotion.rawValue)]),
                .tag(
                    "svg", ["width": "100%", "height": "34", "aria-hidden": "true"],
                    [
                        .tag("line", ["class": "base", "x1": "0", "x2": "100%", "y1": "33", "y2": "33"]),
                        gapRects(height: "34"),
                        .tag(
                            "svg",
                            [
                                "width": "100%", "height": "34", "preserveAspectRatio": "none",
                                "viewBox": "0 0 \(ReportText.svg(TimeScale.drawingWidth)) 34",
                            ],
                            pieces.map { piece in
                                .tag("path", ["class": "area", "d": area(piece, emotion)])
                            }),
                    ]),
                .tag("span", ["class": "mean"], [.text(ReportText.percent(mean))]),
            ])
    }

    /// The stretches in unbroken runs: one that is missing had no face.
    private var pieces: [[ExpressionStretch]] {
        report.expressions.reduce(into: []) { pieces, stretch in
            let follows = pieces.last?.last.map { stretch.start - $0.end < (stretch.end - stretch.start) / 2 } ?? false
            if follows { pieces[pieces.count - 1].append(stretch) } else { pieces.append([stretch]) }
        }
    }

    /// Steps, since each stretch is a mean over its length.
    private func area(_ piece: [ExpressionStretch], _ emotion: Emotion) -> String {
        guard let first = piece.first, let last = piece.last else { return "" }
        let steps = piece.map { stretch in
            let y = ReportText.svg(33 - stretch.emotions[emotion] * 31)
            return "L" + time.x(stretch.start) + " " + y + "L" + time.x(stretch.end) + " " + y
        }
        return "M" + time.x(first.start) + " 33" + steps.joined() + "L" + time.x(last.end) + " 33Z"
    }

    private func gapRects(height: String) -> HTMLNode {
        .group(
            summary.gaps.map {
                .tag(
                    "rect",
                    [
                        "fill": "url(#stripes)", "x": time.percent($0.start), "y": "0",
                        "width": time.width(from: $0.start, to: $0.end), "height": height,
                    ])
            })
    }

    private var axisRow: HTMLNode {
        .tag(
            "div", ["class": "multiple axis", "aria-hidden": "true"],
            [
                .tag("span"), .tag("svg", ["width": "100%", "height": "18"], [axis(y: 13)]), .tag("span"),
            ])
    }

    private var uncertainNote: HTMLNode {
        let scored = summary.dominantCounts.values.reduce(0, +)
        guard summary.uncertainCount > 0, scored > 0 else { return .empty }
        let share = ReportText.percent(Double(summary.uncertainCount) / Double(scored))
        let least = ReportText.percent(report.configuration.uncertainty.minimumProbability)
        return .tag(
            "p", ["class": "note"],
            [.text("In \(share) of the frames no expression reached \(least): there the answer is “uncertain”.")])
    }

    /// A bar of all seven shares with the strongest named beneath.
    func mixture(of emotions: EmotionScores) -> HTMLNode {
        let sorted = Emotion.allCases.sorted { emotions[$0] > emotions[$1] }
        let words = sorted.prefix(3).map { "\($0.rawValue) \(ReportText.percent(emotions[$0]))" }
        return .group([
            .tag(
                "div", ["class": "mix", "aria-hidden": "true"],
                sorted.map {
                    .tag("i", ["class": $0.rawValue, "style": "width:\(ReportText.svg(emotions[$0] * 100))%"])
                }),
            .tag("p", ["class": "mix-words"], [.text(words.joined(separator: ", "))]),
        ])
    }
}

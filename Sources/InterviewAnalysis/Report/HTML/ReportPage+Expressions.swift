import Emotions

extension ReportPage {
    /// One small curve for each expression, the most frequent first.
    var expressionSection: HTMLNode {
        guard let means = summary.emotions else { return .empty }
        let sorted = Emotion.allCases.sorted { means[$0] > means[$1] }
        return section(
            "expressions", "Expressions over time",
            lead: "The share that the classifier gives to each expression, 0 to 100 %, and on the right its mean.",
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
                smallPlot(steps: report.expressions.map { ($0.start, $0.end, $0.emotions[emotion]) }),
                .tag("span", ["class": "mean"], [.text(ReportText.percent(mean))]),
            ])
    }

    /// Steps over time from 0 (below) to 1 (above); time between two steps parts the areas.
    ///
    /// - Parameter showsGaps: stripes where no face was scored.
    func smallPlot(steps: [(start: Double, end: Double, share: Double)], showsGaps: Bool = true) -> HTMLNode {
        let pieces = steps.reduce(into: [[(start: Double, end: Double, share: Double)]]()) { pieces, step in
            let follows = pieces.last?.last.map { step.start <= $0.end } ?? false
            if follows { pieces[pieces.count - 1].append(step) } else { pieces.append([step]) }
        }
        return .tag(
            "svg", ["width": "100%", "height": "34", "aria-hidden": "true"],
            [
                .tag("line", ["class": "base", "x1": "0", "x2": "100%", "y1": "33", "y2": "33"]),
                showsGaps ? gapRects(height: "34") : .empty,
                .tag(
                    "svg",
                    [
                        "width": "100%", "height": "34", "preserveAspectRatio": "none",
                        "viewBox": "0 0 \(ReportText.svg(TimeScale.drawingWidth)) 34",
                    ], pieces.map { .tag("path", ["class": "area", "d": area($0)]) }),
            ])
    }

    private func area(_ piece: [(start: Double, end: Double, share: Double)]) -> String {
        guard let first = piece.first, let last = piece.last else { return "" }
        let steps = piece.map { step in
            let y = ReportText.svg(33 - min(1, max(0, step.share)) * 31)
            return "L" + time.x(step.start) + " " + y + "L" + time.x(step.end) + " " + y
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

    var axisRow: HTMLNode {
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
            [.text("In \(share) of the frames no expression reached \(least); they count as “uncertain”.")])
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

extension ReportPage {
    /// One small curve for each named signal of the frames; nothing where there are none.
    var signalSection: HTMLNode {
        guard !report.signals.isEmpty else { return .empty }
        return section(
            "signals", "Further signals",
            lead: "Each from the lowest to the highest value of this session, and on the right its mean.",
            [.tag("div", ["class": "multiples"], report.signals.map(row) + [axisRow])])
    }

    private func row(of signal: SignalCourse) -> HTMLNode {
        let name = signal.name.replacing("_", with: " ")
        let mean = ReportText.fixed(signal.mean, digits: 2)
        let range = "\(ReportText.fixed(signal.lowest, digits: 2)) to \(ReportText.fixed(signal.highest, digits: 2))"
        return .tag(
            "div", ["class": "multiple signal", "role": "img", "aria-label": "\(name): \(mean) on average, \(range)"],
            [
                .tag("span", ["class": "name"], [.tag("i", ["class": "swatch"]), .foreign(name)]),
                smallPlot(steps: signal.steps.map { ($0.start, $0.end, share(of: $0.mean, in: signal)) }),
                .tag("span", ["class": "mean"], [.text(mean)]),
            ])
    }

    /// 0…1 from the lowest to the highest value; a signal that never changes lies in the middle.
    private func share(of value: Double, in signal: SignalCourse) -> Double {
        let span = signal.highest - signal.lowest
        return span > 0 ? (value - signal.lowest) / span : 0.5
    }
}

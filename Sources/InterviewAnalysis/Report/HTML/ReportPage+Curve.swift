extension ReportPage {
    /// Pixels from the top of the figure to a score of 1, from there to 0, and below for the moments.
    static let top = 34.0
    static let plot = 210.0
    private static let bottom = 26.0

    /// The confidence over time with questions, drops and gaps, and the drops as a list.
    var curveSection: HTMLNode {
        section(
            "curve", "Composure over time",
            lead: "The line is the score, steadied against speech: about the median over a second. "
                + (showsSingleFrames ? "Each dot is one frame." : "The pale band spans the single frames."),
            [figure, legend, eventList, gapList, stillList])
    }

    /// Whether every scored frame has a point of its own.
    var showsSingleFrames: Bool { report.curve.joined().allSatisfy(\.isSingleFrame) }

    private var figure: HTMLNode {
        let height = ReportText.svg(Self.top + Self.plot + Self.bottom)
        let drawing: HTMLNode = .tag(
            "svg",
            [
                "class": "plot", "width": "100%", "height": height, "role": "img",
                "aria-labelledby": "curve-title curve-description",
            ],
            [
                .tag("title", ["id": "curve-title"], ["Confidence curve"]),
                .tag("desc", ["id": "curve-description"], [.text(description)]),
                patterns, interval, grid, gaps, stillStretches, lines, drops, questions, moments,
            ])
        return .tag("figure", ["class": "curve"], [levels(height: height), drawing])
    }

    private var description: String {
        let score = summary.confidence.map {
            "Scores from \(ReportText.points($0.minimum)) to \(ReportText.points($0.maximum)), "
                + "\(ReportText.points($0.mean)) on average. "
        }
        return (score ?? "No frame was scored. ")
            + ReportText.count(summary.stress.events.count, "sudden drop, ", "sudden drops, ")
            + ReportText.count(summary.questions.count, "question, ", "questions, ")
            + ReportText.count(summary.gaps.count, "stretch without a score.", "stretches without a score.")
    }

    /// The session's score as a line, and its range as a tinted band.
    private var interval: HTMLNode {
        guard let score = summary.score.value, let interval = summary.score.interval else { return .empty }
        return .group([
            .tag(
                "rect",
                [
                    "class": "interval", "x": "0", "width": "100%", "y": y(interval.upper),
                    "height": ReportText.svg((interval.upper - interval.lower) * Self.plot),
                ]),
            .tag("line", ["class": "mean-line", "x1": "0", "x2": "100%", "y1": y(score), "y2": y(score)]),
        ])
    }

    private func y(_ score: Double) -> Double { Self.top + (1 - min(1, max(0, score))) * Self.plot }

    private func y(_ score: Double) -> String { ReportText.svg(y(score)) }

    /// The levels beside the figure; their names give way to the numbers where the page is narrow.
    private func levels(height: String) -> HTMLNode {
        .tag(
            "svg", ["class": "levels", "width": "100%", "height": height, "aria-hidden": "true"],
            [.tag("text", ["x": "100%", "y": ReportText.svg(y(1) + 4)], ["100"])]
                + ConfidenceLevel.allCases.map { level in
                    .tag(
                        "text", ["x": "100%", "y": ReportText.svg(y(level.threshold) + 4)],
                        [
                            .tag("tspan", ["class": "level-name"], [.text(level.appearance + " ")]),
                            .text(ReportText.points(level.threshold)),
                        ])
                })
    }

    /// A line where each level begins, and one at the top.
    private var grid: HTMLNode {
        .group(
            (ConfidenceLevel.allCases.map(\.threshold) + [1]).map { limit in
                .tag("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y(limit), "y2": y(limit)])
            })
    }

    /// Stripes for stretches without a score and dots for still ones, told from a drop without color.
    private var patterns: HTMLNode {
        func pattern(_ id: String, turned: String, _ shape: HTMLNode) -> HTMLNode {
            .tag(
                "pattern",
                [
                    "id": id, "width": "8", "height": "8", "patternUnits": "userSpaceOnUse",
                    "patternTransform": turned,
                ], [shape])
        }
        return .tag(
            "defs", [:],
            [
                pattern(
                    "stripes", turned: "rotate(45)",
                    .tag("rect", ["class": "stripe", "width": "3", "height": "8"])),
                pattern(
                    "dots", turned: "rotate(0)",
                    .tag("circle", ["class": "stripe", "cx": "4", "cy": "4", "r": "1.6"])),
            ])
    }

    private var gaps: HTMLNode {
        .group(summary.gaps.map { stretch($0.start, $0.end, "stripes", "no score", because: $0.cause) })
    }

    private var stillStretches: HTMLNode {
        .group(summary.stillness.stretches.map { stretch($0.start, $0.end, "dots", "still picture") })
    }

    /// A stretch of the figure in a pattern, with its name where there is room.
    private func stretch(
        _ start: Double, _ end: Double, _ pattern: String, _ name: String, because cause: String? = nil
    ) -> HTMLNode {
        let share = time.share(end) - time.share(start)
        let label: HTMLNode =
            share > 0.12
            ? .tag(
                "text",
                [
                    "class": share > 0.3 ? "gap-label" : "gap-label crowded", "x": time.percent((start + end) / 2),
                    "y": ReportText.svg(Self.top + Self.plot / 2),
                ], [.text(name)]) : .empty
        return .group([
            .tag(
                "rect",
                [
                    "fill": "url(#\(pattern))", "x": time.percent(start), "y": ReportText.svg(Self.top),
                    "width": time.width(from: start, to: end), "height": ReportText.svg(Self.plot),
                ], [.tag("title", [:], [.text(name + " " + span(start, end) + (cause.map { ": \($0)" } ?? ""))])]),
            label,
        ])
    }

    /// The curves, in a drawing that is stretched to the width of the page.
    private var lines: HTMLNode {
        let height = Self.top + Self.plot
        return .tag(
            "svg",
            [
                "width": "100%", "height": ReportText.svg(height), "preserveAspectRatio": "none",
                "viewBox": "0 0 \(ReportText.svg(TimeScale.drawingWidth)) \(ReportText.svg(height))",
            ],
            report.curve.map { piece in
                // A line to itself is drawn as a dot, by its round ends.
                let points = piece.count == 1 ? piece + piece : piece
                return .group([
                    .tag(
                        "path",
                        showsSingleFrames
                            ? ["class": "frames", "d": dots(piece)] : ["class": "range", "d": band(points)]),
                    .tag("path", ["class": "smooth", "d": path(points.map { ($0.timestamp, $0.course) })]),
                ])
            })
    }

    private func band(_ points: [CurvePoint]) -> String {
        path(points.map { ($0.timestamp, $0.highest) } + points.reversed().map { ($0.timestamp, $0.lowest) }) + "Z"
    }

    /// Lines of no length, whose round ends are dots of one size on every screen.
    private func dots(_ points: [CurvePoint]) -> String {
        points.map { "M" + time.x($0.timestamp) + " " + y($0.confidence) + "h0" }.joined()
    }

    private func path(_ points: [(Double, Double)]) -> String {
        points.enumerated().map { index, point in
            (index == 0 ? "M" : "L") + time.x(point.0) + " " + y(point.1)
        }.joined()
    }

    private var moments: HTMLNode {
        axis(y: Self.top + Self.plot + 18)
    }

    /// The moments below a figure.
    func axis(y: Double) -> HTMLNode {
        .group(
            time.ticks.enumerated().map { index, tick in
                let share = time.share(tick)
                let place = share < 0.02 ? " first" : share > 0.97 ? " last" : ""
                return .tag(
                    "text",
                    [
                        // Narrow screens show every second moment.
                        "class": "tick" + place + (index.isMultiple(of: 2) ? "" : " crowded"),
                        "x": time.percent(tick), "y": ReportText.svg(y),
                    ], [.text(ReportText.clock(tick))])
            })
    }
}

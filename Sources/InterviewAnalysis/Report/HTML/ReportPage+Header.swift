extension ReportPage {
    /// Title, score, what it means in a sentence, and what it does not mean.
    var header: HTMLNode {
        .tag(
            "header", ["class": "hero card"],
            [
                .tag("p", ["class": "eyebrow"], ["Practice interview · session report"]),
                .tag("h1", [:], [.foreign(title)]),
                .tag("p", ["class": "meta"], [metaLine]),
                earlyEnd,
                .tag("div", ["class": "verdict"], [dial, .tag("div", ["class": "words"], words)]),
                .tag(
                    "div", ["class": "limits", "role": "note"],
                    [
                        .tag("strong", [:], ["What this score is not."]), " ",
                        .text(report.notice + Self.reservations),
                    ]),
            ])
    }

    /// What else a reader should hold against the number.
    private static let reservations =
        " It measures neither honesty nor ability. Light, camera angle, glasses, a beard, skin tone and the shape of a "
        + "face at rest can all move it."

    private var metaLine: HTMLNode {
        var parts: [HTMLNode] = []
        if let start = report.details.startedAt {
            let isGuess = report.details.startedAtSource == .fileTime
            parts.append(.foreign((isGuess ? "file of " : "") + (SessionDate(start)?.inWords ?? start)))
        }
        parts.append(.text(ReportText.duration(summary.durationSeconds)))
        parts.append(.text(ReportText.count(summary.score.coverage.analysed, "scored frame", "scored frames")))
        if report.details.title != nil, let media = report.details.media { parts.append(.foreign(media.name)) }
        return .group(parts.enumerated().flatMap { $0.offset == 0 ? [$0.element] : [" · ", $0.element] })
    }

    /// The score on three quarters of a circle, or that it is withheld.
    private var dial: HTMLNode {
        let score = summary.score.value
        let label = score.map { "Score \(ReportText.points($0)) of 100" } ?? "Score not shown"
        let shown = score.map(ShownScore.init)
        // Without a score there is no arc: round ends would draw an empty one as a dot.
        let value: HTMLNode =
            if let score, let shown, score > 0 {
                .tag(
                    "circle",
                    [
                        "class": "value \(shown.level.cssClass)", "cx": "60", "cy": "60", "r": "50",
                        "pathLength": "100", "stroke-dasharray": ReportText.svg(score * 75) + " 100",
                        "transform": "rotate(135 60 60)",
                    ])
            } else {
                .empty
            }
        return .tag(
            "svg", ["class": "dial", "viewBox": "-3 -3 126 112", "role": "img", "aria-label": label],
            [
                .tag("title", [:], [.text(label)]),
                // The paths' length is set to 100 so that a dash is a percentage; the gap lies at the bottom.
                .tag(
                    "circle",
                    [
                        "class": "track", "cx": "60", "cy": "60", "r": "50", "pathLength": "100",
                        "stroke-dasharray": "75 100", "transform": "rotate(135 60 60)",
                    ]),
                value, intervalArc,
                .tag("text", ["class": "number", "x": "60", "y": "68"], [.text(shown.map { "\($0.points)" } ?? "–")]),
                .tag("text", ["class": "of", "x": "60", "y": "86"], [score == nil ? "not shown" : "of 100"]),
            ])
    }

    /// The range of the score, as a thin arc around the dial.
    private var intervalArc: HTMLNode {
        guard let interval = summary.score.interval else { return .empty }
        let dashes = [0, interval.lower * 75, (interval.upper - interval.lower) * 75, 100]
        return .tag(
            "circle",
            [
                "class": "range-arc", "cx": "60", "cy": "60", "r": "60", "pathLength": "100",
                "stroke-dasharray": dashes.map(ReportText.svg).joined(separator: " "),
                "transform": "rotate(135 60 60)",
            ])
    }

    private var words: [HTMLNode] {
        guard let score = summary.score.value else {
            return [
                .tag("p", ["class": "level"], ["Score withheld"]),
                .tag("p", ["class": "plain"], [.text(withheldSentence)]),
            ]
        }
        let shown = ShownScore(score)
        return [
            .tag(
                "p", ["class": "level"],
                [
                    .tag("span", ["class": "dot \(shown.level.cssClass)"]),
                    .text(summary.stillness.isStill ? "A picture that does not move" : shown.appearance),
                ]),
            .tag("p", ["class": "plain"], [.text(PlainSummary(report: report, score: score).text)]),
            .tag("p", ["class": "note"], [.text(trustSentences)]),
        ]
    }

    /// How far the score can be trusted, and how much of the session was captured well.
    private var trustSentences: String {
        let interval = summary.score.interval.map {
            "In other light, or at other moments, the score might have been \(ReportText.points($0.lower)) to "
                + "\(ReportText.points($0.upper))."
        }
        let quality = summary.score.coverage.goodQualityShare.map {
            "\(ReportText.percent($0)) of the scored faces were captured well."
        }
        return [interval, quality].compactMap { $0 }.joined(separator: " ")
    }

    private var withheldSentence: String {
        let coverage = summary.score.coverage
        return "Only \(ReportText.percent(coverage.share)) of the frames that were looked at could be scored; below "
            + "\(ReportText.percent(summary.score.minimumCoverage)) a score would mislead, so none is shown. "
            + "“What the scores rest on” below says what was missing."
    }
}

extension ConfidenceLevel {
    /// The class that carries the level's color in the style sheet.
    var cssClass: String {
        switch self {
        case .excellent: "level-1"
        case .confident: "level-2"
        case .moderate: "level-3"
        case .nervous: "level-4"
        case .anxious: "level-5"
        case .veryAnxious: "level-6"
        }
    }
}

extension ReportPage {
    /// That the session is not whole; nothing where it ended as planned.
    var earlyEnd: HTMLNode {
        guard report.details.endedEarly == true else { return .group([]) }
        return .tag(
            "p", ["class": "plain"],
            ["The recording was cut short; this report is about what had been recorded until then."])
    }
}

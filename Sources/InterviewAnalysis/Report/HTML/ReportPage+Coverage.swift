extension ReportPage {
    /// What became of every frame.
    var coverageSection: HTMLNode {
        let coverage = summary.score.coverage
        let kinds = [
            ("analysed", "scored", coverage.analysed),
            ("fallback", "no face found, middle of the picture kept", coverage.fallback),
            ("no-face", "no face", coverage.noFace), ("unusable", "unreadable or too poor", coverage.unusable),
        ].filter { $0.2 > 0 }
        let total = kinds.reduce(0) { $0 + $1.2 }
        let bar: [HTMLNode] = kinds.map {
            .tag("i", ["class": $0.0, "style": "width:\(ReportText.svg(Double($0.2) / Double(max(1, total)) * 100))%"])
        }
        let words: [HTMLNode] = kinds.map { kind in
            .tag(
                "li", [:],
                [
                    .tag("i", ["class": "key \(kind.0)"]),
                    .text("\(kind.2) \(kind.1) (\(ReportText.percent(Double(kind.2) / Double(max(1, total)))))"),
                ])
        }
        return section(
            "coverage", "What the scores rest on",
            lead: "\(ReportText.percent(coverage.share)) of the \(total) frames that were looked at are scored. Below "
                + "\(ReportText.percent(summary.score.minimumCoverage)) no score is shown.",
            [
                .tag("div", ["class": "stack", "aria-hidden": "true"], bar),
                .tag("ul", ["class": "legend"], words),
                coverage.skipped > 0
                    ? .tag(
                        "p", ["class": "note"],
                        [.text("\(coverage.skipped) frames were left out on purpose, by sampling.")]) : .empty,
            ])
    }

    /// The latest session against the earlier ones; nothing where there are none.
    var progressSection: HTMLNode {
        guard let progress = report.progress else { return .empty }
        let verdict =
            switch progress.verdict {
            case .improved: "Higher than before, by more than chance explains."
            case .declined: "Lower than before, by more than chance explains."
            case .noEvidence: "No evidence of a change: the difference may be chance."
            case .notEnoughSessions: "Too few earlier sessions to tell a change from chance."
            }
        let interval = zip(progress.change, progress.interval).map { change, interval in
            " Change \(signed(change)) points, 95 % interval \(signed(interval.lower)) to \(signed(interval.upper))."
        }
        return section(
            "progress", "Compared with earlier sessions",
            [
                .tag("p", [:], [.tag("b", [:], [.text(verdict)]), .text(interval ?? "")]),
                .tag(
                    "ol", ["class": "sessions"],
                    progress.sessions.map { session in
                        .tag(
                            "li", [:],
                            [
                                .foreign(session.label),
                                .tag(
                                    "div", ["class": "bar", "aria-hidden": "true"],
                                    [
                                        .tag(
                                            "i",
                                            [
                                                "class": ConfidenceLevel(score: session.mean).cssClass,
                                                "style": "width:\(ReportText.svg(session.mean * 100))%",
                                            ])
                                    ]),
                                .tag("b", [:], [.text(ReportText.points(session.mean))]),
                            ])
                    }),
            ])
    }

    private func signed(_ change: Double) -> String { ReportText.signedTenths(Int((change * 1000).rounded())) }

    private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
        guard let first, let second else { return nil }
        return (first, second)
    }

    /// Model, settings, and the limits once more.
    var footer: HTMLNode {
        var facts: [(String, HTMLNode)] = []
        if let model = report.details.model {
            facts.append(("Model", .foreign("\(model.name), version \(model.version)")))
            facts.append(("SHA-256 of its weights", .tag("code", [:], [.foreign(model.sha256)])))
        }
        if let media = report.details.media {
            var words = media.name
            if let width = media.widthPixels, let height = media.heightPixels { words += ", \(width) × \(height)" }
            if let rate = media.framesPerSecond { words += ", \(ReportText.fixed(rate, digits: 2)) frames a second" }
            if let every = media.everyNthFrame { words += ", one frame in \(every) looked at" }
            facts.append(("Recording", .foreign(words)))
        }
        facts.append(("Layout of the session file", .text("version \(SessionRecord.currentSchemaVersion)")))
        return .tag(
            "footer", [:],
            [
                .tag("dl", [:], facts.flatMap { [.tag("dt", [:], [.text($0.0)]), .tag("dd", [:], [$0.1])] }),
                .tag("p", [:], [.text(Self.limits)]),
            ])
    }

    /// For whom the report is made and what it may not be used for.
    private static let limits =
        "Limits: made for adults who practise on their own. It scores what expressions look like to a classifier that "
        + "errs, more often in poor light and on faces unlike those it was trained on. Inferring emotions of people at "
        + "work or in education is prohibited in the EU (AI Act, Art. 5(1)(f)). This file holds no picture, loads "
        + "nothing and runs no script."
}

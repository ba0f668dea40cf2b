extension ReportPage {
    /// The goal of this session and whether it was reached; nothing where there was none.
    var goalSection: HTMLNode {
        guard let check = report.goal else { return .empty }
        let measure = check.goal.measure
        let (sign, style, verdict): (String, String, String) =
            switch check.isReached {
            case true?: ("✓", "well", "Reached")
            case false?: ("→", "try", "Not reached yet")
            case nil: ("–", "try", "Cannot be said: too little could be judged")
            }
        var facts: [String] = []
        if let value = check.value { facts.append("This session: \(measure.text(value)).") }
        if let previous = check.previous { facts.append("The one before: \(measure.text(previous)).") }
        return section(
            "goal", "Goal of this session",
            [
                .tag(
                    "div", ["class": "goal"],
                    [
                        .tag("span", ["class": "sign \(style)", "aria-hidden": "true"], [.text(sign)]),
                        .tag(
                            "div", [:],
                            [
                                .tag("p", [:], [.tag("b", [:], [.text(check.goal.words)])]),
                                .tag("p", [:], [.text("\(verdict). " + facts.joined(separator: " "))]),
                            ]),
                    ])
            ])
    }

    /// What to choose for the next session.
    var nextGoal: HTMLNode {
        guard let goal = report.nextGoal else { return .empty }
        return .tag(
            "p", ["class": "tip"],
            [
                .tag("strong", [:], ["One goal for the next session. "]),
                .text(goal.words + ". "),
                .text("Record it with "), .tag("code", [:], [.text("--goal \(goal.option)")]),
                .text(", and its report says whether it was reached."),
            ])
    }

    /// The sessions so far with their dates and scores; nothing where there is only this one.
    var progressSection: HTMLNode {
        guard let progress = report.progress else { return .empty }
        let verdict =
            switch progress.verdict {
            case .improved: "Higher than before, by more than chance explains."
            case .declined: "Lower than before, by more than chance explains."
            case .noEvidence: "No evidence of a change: the difference may be chance."
            case .notEnoughSessions:
                "Not enough sessions yet: from the fourth on, a change can be told from chance."
            }
        var details = ""
        if let change = progress.change {
            details = " \(signed(change)) points against the mean of the earlier ones"
            if let interval = progress.interval {
                details += ", 95 % interval \(signed(interval.lower)) to \(signed(interval.upper))"
            }
            details += "."
        }
        let sessions = report.history?.sessions ?? []
        let shown = sessions.suffix(Self.shownSessions)
        let more = sessions.count - shown.count
        return section(
            "progress", "From session to session",
            [
                .tag("p", [:], [.tag("b", [:], [.text(verdict)]), .text(details)]),
                .tag("ol", ["class": "sessions"], shown.map(row)),
                report.history?.isOrderGuessed == true
                    ? .tag("p", ["class": "note"], [.text(Self.guessedOrder)]) : .empty,
                more > 0
                    ? .tag("p", ["class": "note"], [.text(ReportText.count(more, "older session", "older sessions"))])
                    : .empty,
            ])
    }

    private static let guessedOrder =
        "“file of” stands before the date of a file's last change, where the video has no date of its own. Copying changes it, "
        + "so the order of the sessions may be wrong."

    /// Older sessions are counted, not listed.
    private static let shownSessions = 20

    private func row(_ session: PastSession) -> HTMLNode {
        let shown = session.mean.map { ShownScore($0.mean) }
        let facts = [
            session.date == nil ? nil : session.label,
            ReportText.duration(session.durationSeconds),
            shown == nil ? "score withheld, \(ReportText.percent(session.coverage)) scored" : nil,
        ]
        return .tag(
            "li", [:],
            [
                .tag(
                    "span", [:],
                    [
                        .foreign(session.shownDay), .tag("br"),
                        .tag("span", ["class": "note"], [.foreign(facts.compactMap { $0 }.joined(separator: " · "))]),
                    ]),
                bar(shown), .tag("b", [:], [.text(shown.map { "\($0.points)" } ?? "–")]),
            ])
    }

    private func signed(_ change: Double) -> String { ReportText.signedTenths(Int((change * 1000).rounded())) }
}

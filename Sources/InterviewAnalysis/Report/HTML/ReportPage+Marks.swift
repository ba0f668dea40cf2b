/// What is marked on the curve, and the lists that say the same in words.
extension ReportPage {
    /// Drops beyond this many are in the list of the session's file, not on the page.
    static let shownDrops = 12

    /// The deepest drops, numbered in the order of time.
    private var shown: [(number: Int, event: StressEvent)] {
        let deepest = summary.stress.events.sorted { $0.depth > $1.depth }.prefix(Self.shownDrops)
        return deepest.sorted { $0.onset < $1.onset }.enumerated().map { ($0.offset + 1, $0.element) }
    }

    /// A tinted stretch, and a numbered disc at the lowest point, for each drop.
    var drops: HTMLNode {
        .group(
            shown.map { number, event in
                let height = min(Self.plot - 12, (1 - event.lowest) * Self.plot + 16) + Self.top
                return .tag(
                    "g", ["class": "drop"],
                    [
                        .tag("title", [:], [.text("Drop \(number) at \(ReportText.clock(event.onset))")]),
                        .tag(
                            "rect",
                            [
                                "class": "drop-span", "x": time.percent(event.onset), "y": ReportText.svg(Self.top),
                                "width": time.width(from: event.onset, to: event.end),
                                "height": ReportText.svg(Self.plot),
                            ]),
                        .tag(
                            "circle",
                            [
                                "class": "drop-disc", "cx": time.percent(event.peak), "cy": ReportText.svg(height),
                                "r": "9",
                            ]),
                        .tag(
                            "text",
                            [
                                "class": "drop-number", "x": time.percent(event.peak),
                                "y": ReportText.svg(height + 4),
                            ], [.text("\(number)")]),
                    ])
            })
    }

    /// A dashed line and a flag where each question begins; its words are in the table of questions.
    var questions: HTMLNode {
        let flags = flagStyles
        return .group(
            summary.questions.enumerated().map { index, question in
                let late = time.share(question.start) > 0.94
                return .tag(
                    "g", ["class": "question"],
                    [
                        .tag("title", [:], [.text("Question \(index + 1) at \(ReportText.clock(question.start))")]),
                        .tag(
                            "line",
                            [
                                "x1": time.percent(question.start), "x2": time.percent(question.start), "y1": "14",
                                "y2": ReportText.svg(Self.top + Self.plot),
                            ]),
                        .tag(
                            "text",
                            [
                                "class": "flag" + (late ? " late" : "") + flags[index],
                                "x": time.percent(question.start), "y": "22",
                                "dx": late ? "-5" : "5",
                            ], [.text("Q\(index + 1)")]),
                    ])
            })
    }

    /// For each question, whether its flag has room on every page, on wide ones only, or on none.
    private var flagStyles: [String] {
        var (last, lastOnNarrow) = (-Double.infinity, -Double.infinity)
        return summary.questions.map { question in
            let share = time.share(question.start)
            if share - lastOnNarrow >= 0.1 {
                (last, lastOnNarrow) = (share, share)
                return ""
            }
            guard share - last >= 0.035 else { return " hidden" }
            last = share
            return " crowded"
        }
    }

    /// What the signs in the figure mean.
    var legend: HTMLNode {
        var entries: [(String, String)] = [("line", "steadied score")]
        entries.append(showsSingleFrames ? ("dot", "single frame") : ("range", "range of the frames"))
        if !summary.stress.events.isEmpty { entries.append(("disc", "sudden drop")) }
        if !summary.questions.isEmpty { entries.append(("dash", "question")) }
        if !summary.gaps.isEmpty { entries.append(("stripes", "no score")) }
        if !summary.stillness.stretches.isEmpty { entries.append(("dots", "still picture")) }
        if !summary.score.isWithheld { entries.append(("interval", "session's score with its range")) }
        return .tag(
            "ul", ["class": "legend", "aria-hidden": "true"],
            entries.map { .tag("li", [:], [.tag("i", ["class": "key \($0.0)"]), .text($0.1)]) })
    }

    /// The drops in words.
    var eventList: HTMLNode {
        guard case .events(let events) = summary.stress else {
            return .tag("p", ["class": "note"], ["Too few frames in a row to look for sudden drops."])
        }
        let limit: HTMLNode =
            summary.shortestDropSeconds.flatMap(ReportText.dropLimit).map { .tag("p", ["class": "note"], [.text($0)]) }
            ?? .empty
        guard !events.isEmpty else {
            return .group([.tag("p", ["class": "note"], [.text(ReportText.noDrop(in: summary))]), limit])
        }
        let more = events.count - shown.count
        return .group([
            .tag("h3", [:], ["Sudden drops"]),
            .tag("ol", ["class": "events"], shown.map { .tag("li", [:], entry(of: $0.event)) }),
            more > 0 ? .tag("p", ["class": "note"], [.text("And \(more) less deep.")]) : .empty,
            limit,
        ])
    }

    private func entry(of event: StressEvent) -> [HTMLNode] {
        let ending =
            switch event.ending {
            case .recovered: "then recovered"
            case .settled: "and stayed there"
            case .faceLost: "until the scores broke off"
            case .questionEnded: "until the question was over"
            case .sessionEnded: "until the session ended"
            }
        let frames = event.frames.first.map { first in
            " (frames \(first)–\(event.frames.last ?? first))"
        }
        let question = summary.questions.lastIndex { $0.start <= event.onset && event.onset < $0.end }
        return [
            .tag("b", [:], [.text(ReportText.clock(event.onset))]),
            .text(
                " from \(ReportText.points(event.baseline)) to \(ReportText.points(event.lowest)), low for "
                    + "\(ReportText.duration(event.durationSeconds)), \(ending)"
                    + (question.map { ", during question \($0 + 1)" } ?? "")),
            .tag("span", ["class": "evidence"], [.text(frames ?? "")]),
        ]
    }

    /// The stretches without a score in words.
    var gapList: HTMLNode { list("No score", summary.gaps.map { ($0.start, $0.end, ", \($0.cause)") }) }

    /// Those in which the picture did not move.
    var stillList: HTMLNode { list("Still picture", summary.stillness.stretches.map { ($0.start, $0.end, "") }) }

    /// The longest of some stretches, in the order of time; nothing for none.
    private func list(_ name: String, _ stretches: [(start: Double, end: Double, cause: String)]) -> HTMLNode {
        guard !stretches.isEmpty else { return .empty }
        let longest = stretches.sorted { $0.end - $0.start > $1.end - $1.start }.prefix(Self.shownDrops)
        let spans = longest.sorted { $0.start < $1.start }.map { span($0.start, $0.end) + $0.cause }
        let more = stretches.count - longest.count
        return .tag(
            "p", ["class": "note"],
            [
                .tag("b", [:], [.text(name + ": ")]),
                .text(spans.joined(separator: "; ") + (more > 0 ? "; and \(more) shorter ones." : ".")),
            ])
    }

    /// A stretch of time in words.
    func span(_ start: Double, _ end: Double) -> String {
        ReportText.span(start, end)
    }
}

import Emotions

extension ReportPage {
    /// A row for each question that was marked, or the moments of the whole session where none was.
    var questionSection: HTMLNode {
        guard !summary.questions.isEmpty else { return wholeSessionMoments }
        return section(
            "questions", "Question by question",
            lead:
                "The mean score from the start of each question to its end; the thin line is its range. "
                + "A moment is judged over about a second.",
            [
                comparisonNode,
                .tag(
                    "ol", ["class": "questions"],
                    summary.questions.indices.map { row($0 + 1, summary.questions[$0], report.reviews[$0]) }),
            ])
    }

    private var wholeSessionMoments: HTMLNode {
        guard let review = report.reviews.first, review.best != nil else { return .empty }
        return section(
            "questions", "Moments to watch again", lead: "Each is judged over about a second of the recording.",
            [moments(of: review)])
    }

    private func row(_ number: Int, _ question: QuestionScore, _ review: QuestionReview) -> HTMLNode {
        let score = question.score
        var facts = [span(question.start, question.end)]
        facts.append("\(ReportText.percent(score.coverage.share)) of its frames scored")
        if question.stressEvents > 0, !score.isWithheld {
            facts.append(ReportText.count(question.stressEvents, "sudden drop", "sudden drops"))
        }
        switch score.isWithheld ? nil : question.stability?.trend {
        case .improving: facts.append("rising during the answer")
        case .declining: facts.append("falling during the answer")
        case .stable, nil: break
        }
        facts += movementFacts(ofQuestion: number - 1)
        let shown = score.value.map(ShownScore.init)
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
                                .tag("b", [:], [.text(shown.map { "\($0.points)" } ?? "–")]),
                                .text(" " + (shown?.appearance ?? "withheld")),
                            ]),
                    ]),
                bar(shown, range: score.interval),
                .tag("p", ["class": "note"], [.text(facts.joined(separator: " · "))]),
                spokenNote(number - 1),
                disagreementNote(disagreements(ofQuestion: number - 1)),
                moments(of: review), advice(of: review), earlierScores(of: question),
            ])
    }

    /// A score as a bar as wide as what is around it, with its range below.
    func bar(_ shown: ShownScore?, range: ScoreInterval? = nil) -> HTMLNode {
        let whisker: HTMLNode =
            range.map {
                .tag(
                    "i",
                    [
                        "class": "whisker",
                        "style": "margin-left:\(ReportText.svg($0.lower * 100))%;"
                            + "width:\(ReportText.svg(($0.upper - $0.lower) * 100))%",
                    ])
            } ?? .empty
        return .group([
            .tag(
                "div", ["class": "bar", "aria-hidden": "true"],
                [.tag("i", ["class": shown?.level.cssClass ?? "", "style": "width:\(shown?.points ?? 0)%"])]),
            whisker,
        ])
    }

    /// The best and the weakest moment side by side, with a picture where there is one.
    private func moments(of review: QuestionReview) -> HTMLNode {
        let moments = [("Best moment", review.best), ("Weakest moment", review.weakest)]
            .compactMap { name, moment in moment.map { (name, $0) } }
        guard !moments.isEmpty else { return .empty }
        return .tag("div", ["class": "moments"], moments.map { node(of: $0.1, named: $0.0) })
    }

    private func node(of moment: QuestionReview.Moment, named name: String) -> HTMLNode {
        let clock = ReportText.clock(moment.timestamp)
        let shown = ShownScore(moment.score)
        let still = report.stills.first { $0.timestamp == moment.timestamp }
        let picture: HTMLNode =
            still.map {
                .tag(
                    "img",
                    [
                        "class": "still", "src": "data:image/jpeg;base64,\($0.base64)", "alt": "The face at \(clock)",
                        "width": "\($0.widthPixels)", "height": "\($0.heightPixels)",
                    ])
            } ?? .empty
        return .tag(
            "div", ["class": "moment"],
            [
                picture,
                .tag(
                    "div", [:],
                    [
                        .tag("span", ["class": "moment-name"], [.text(name)]),
                        .tag("b", ["class": "moment-time"], [.text(clock)]),
                        .tag(
                            "span", ["class": "level-line"],
                            [
                                .tag("span", ["class": "dot \(shown.level.cssClass)"]),
                                .text(
                                    "\(shown.points), read as \(moment.dominantEmotion.rawValue) at "
                                        + ReportText.percent(moment.dominantShare)),
                            ]),
                    ]),
            ])
    }

    private func advice(of review: QuestionReview) -> HTMLNode {
        let lines = [("✓", "well", "Keep", review.keep), ("→", "try", "Try", review.toTry)]
        let items: [HTMLNode] = lines.compactMap { sign, style, word, text in
            guard let text else { return nil }
            return .tag(
                "li", [:],
                [
                    .tag("span", ["class": "sign \(style)", "aria-hidden": "true"], [.text(sign)]),
                    .tag("div", [:], [.tag("b", [:], [.text(word + ": ")]), .text(text)]),
                ])
        }
        return items.isEmpty ? .empty : .tag("ul", ["class": "findings answer"], items)
    }

    /// The same question in earlier sessions, where there are some.
    private func earlierScores(of question: QuestionScore) -> HTMLNode {
        guard let earlier = report.history?.earlierScores(of: question.label), !earlier.isEmpty else { return .empty }
        let words = earlier.suffix(4).map { session, score in
            "\(ReportText.points(score)) (\(session.date?.shortDay ?? session.label))"
        }
        let now = question.score.value.map { ", now \(ReportText.points($0))" } ?? ""
        return .tag(
            "p", ["class": "note"],
            [.tag("b", [:], ["This question before: "]), .foreign(words.joined(separator: ", ")), .text(now + ".")])
    }
}

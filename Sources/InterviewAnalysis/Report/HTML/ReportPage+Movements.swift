extension ReportPage {
    /// What the face did, as strips over time and in words; nothing where no mesh was located.
    var movementSection: HTMLNode {
        guard let movements = summary.movements else { return .empty }
        return section(
            "movements", "What your face and head did",
            lead: "Counted from the places of eyes, brows, mouth and head in the picture. It says what moved and when, "
                + "not what it means. The ranges hold what other moments of the session could have shown.",
            [
                .tag("div", ["class": "multiples strips"], strips(of: movements).map(strip) + [axisRow]),
                .tag("ul", ["class": "facts movements"], movements.lines.map(fact)),
                .tag("p", ["class": "note"], [.text(movements.basisWords)]),
            ])
    }

    /// What a question's answer showed, in a few words.
    func movementFacts(ofQuestion index: Int) -> [String] {
        guard let movements = summary.movements, movements.questions.indices.contains(index) else { return [] }
        let question = movements.questions[index]
        var facts: [String] = []
        if let looking = question.looking {
            facts.append("towards the camera \(ReportText.percent(looking.value)) of the time")
        }
        if let talking = question.talkingShare { facts.append("lips moving \(ReportText.percent(talking))") }
        if let blinks = question.blinks { facts.append("\(ReportText.fixed(blinks.value, digits: 0)) blinks a minute") }
        if let smiling = question.smilingShare { facts.append("smiling \(ReportText.percent(smiling))") }
        return facts
    }

    /// One measure over time.
    private struct Strip {
        let name: String
        /// What stands beside it.
        let value: String
        let marks: [TimeSpan]
    }

    private func strips(of movements: MovementSummary) -> [Strip] {
        func times(_ spans: [TimeSpan]) -> String { "\(spans.count)×" }
        var strips: [Strip] = []
        func add(_ name: String, _ marks: [TimeSpan]?, _ value: String? = nil) {
            if let marks { strips.append(Strip(name: name, value: value ?? times(marks), marks: marks)) }
        }
        let unmet = movements.unmet
        add(
            "away", unmet.contains(.lookAway) ? nil : movements.looking?.away,
            movements.looking.map { ReportText.percent(1 - $0.share.value) })
        add("talking", movements.talking?.stretches, movements.talking.map { ReportText.percent($0.share.value) })
        add(
            "smiles",
            unmet.contains(.smiles)
                ? nil : movements.smiles?.smiles.map { TimeSpan(start: $0.start, end: $0.end) },
            movements.smiles.map { ReportText.percent($0.share.value) })
        add("blinks", movements.blinks?.times.map { TimeSpan(start: $0, end: $0) })
        add("eyes shut", movements.blinks?.shut)
        add("brows up", movements.brows?.raised.spans)
        add("brows down", movements.brows?.lowered.spans)
        add("nods", movements.head.nods?.spans)
        add("shakes", movements.head.shakes?.spans)
        add("turned", movements.turns?.stretches.map { TimeSpan(start: $0.start, end: $0.end) })
        add("leaning", movements.leaning?.stretches.map { TimeSpan(start: $0.start, end: $0.end) })
        return strips
    }

    private func strip(_ strip: Strip) -> HTMLNode {
        let marks: [HTMLNode] = strip.marks.map { mark in
            .tag(
                "rect",
                [
                    // A moment is a line that is seen on every screen.
                    "class": "mark", "x": time.percent(mark.start), "y": "4", "height": "14",
                    "width": mark.end > mark.start ? time.width(from: mark.start, to: mark.end) : "2",
                    "rx": "1.5",
                ])
        }
        return .tag(
            "div", ["class": "multiple strip", "role": "img", "aria-label": "\(strip.name): \(strip.value)"],
            [
                .tag("span", ["class": "name"], [.text(strip.name)]),
                .tag(
                    "svg", ["width": "100%", "height": "22", "aria-hidden": "true"],
                    [.tag("rect", ["class": "lane", "width": "100%", "y": "4", "height": "14", "rx": "3"])] + marks),
                .tag("span", ["class": "mean"], [.text(strip.value)]),
            ])
    }

    private func fact(_ line: MovementSummary.Line) -> HTMLNode {
        let note: HTMLNode =
            line.note.map { .tag("span", ["class": "note"], [.text(" (\($0))")]) } ?? .empty
        return .tag(
            "li", [:],
            [
                .tag("span", ["class": "fact-name"], [.text(line.name)]),
                .tag("span", [:], [.text(line.text), note]),
            ])
    }
}

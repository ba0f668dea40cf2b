/// What a summary of movements says, line by line: a name, what was measured, and how surely.
extension MovementSummary {
    /// One measure in words.
    struct Line: Sendable, Hashable {
        let name: String
        /// What was measured.
        let text: String
        /// How surely, or what it would have needed; nil where that is plain.
        let note: String?

        init(_ name: String, _ text: String, note: String? = nil) {
            (self.name, self.text, self.note) = (name, text, note)
        }
    }

    /// Every measure, those that could not be taken with the reason.
    var lines: [Line] {
        [lookingLine, talkingLine, blinkLine, smileLine, browLine, stillLine, nodLine, turnLine, leaningLine]
            .compactMap(\.self)
            + dropLines
    }

    /// The same for a terminal, with the notes in brackets and names in small letters.
    public var shortLines: [(name: String, text: String)] {
        lines.map { line in (line.name.lowercased(), line.text + (line.note.map { " (\($0))" } ?? "")) }
    }

    /// What all of it rests on.
    var basisWords: String {
        let turned =
            basis.turnedShare > 0
            ? " In \(ReportText.percent(basis.turnedShare)) of them the head was turned by more than 30°, where eyes and mouth "
                + "are read less surely."
            : ""
        return "Towards the camera is within 15° of it sideways, and of where you mostly looked up and down. "
            + "From \(ReportText.grouped(basis.rows)) frames of \(ReportText.duration(basis.seconds)), "
            + "\(ReportText.fixed(basis.rate, digits: basis.rate < 3 ? 1 : 0)) a second: "
            + "\(ReportText.percent(basis.share)) of the session." + turned
    }

    private func tooFew(_ name: String, _ need: MovementNeed) -> Line {
        let needed = ReportText.fixed(need.rate, digits: 0)
        let had = ReportText.fixed(basis.rate, digits: basis.rate < 3 ? 1 : 0)
        return Line(name, "not counted", note: "it needs \(needed) frames a second, and there were \(had)")
    }

    private static func range(_ share: MeasuredShare) -> String {
        "\(ReportText.percent(share.lower)) to \(ReportText.percent(share.upper))"
    }

    private static func range(_ rate: MeasuredRate) -> String {
        "\(ReportText.fixed(rate.lower, digits: 0)) to \(ReportText.fixed(rate.upper, digits: 0)) a minute"
    }

    /// Stretches of time, the first few of many.
    private static func spans(_ spans: [TimeSpan]) -> String {
        let shown = spans.prefix(4).map { ReportText.span($0.start, $0.end) }.joined(separator: ", ")
        return spans.count > 4 ? shown + ", …" : shown
    }

    /// Moments, the first few of many.
    private static func moments(_ times: [Double]) -> String {
        let shown = times.prefix(6).map(ReportText.clock).joined(separator: ", ")
        return times.count > 6 ? shown + ", …" : shown
    }

    private var lookingLine: Line? {
        guard let looking else { return nil }
        var text = "head and eyes for \(ReportText.percent(looking.share.value)) of the time"
        if let longest = looking.longestAway {
            text += "; " + ReportText.count(looking.away.count, "look", "looks")
            text += " away of a second or more, the longest "
            text += ReportText.span(longest.start, longest.end)
        } else if !unmet.contains(.lookAway) {
            text += "; no look away of a second or more"
        }
        return Line("Towards the camera", text, note: Self.range(looking.share))
    }

    private var talkingLine: Line? {
        guard let talking else { return unmet.contains(.talking) ? tooFew("Talking", .talking) : nil }
        var text = "the lips moved as in speech for \(ReportText.percent(talking.share.value)) of the time"
        if let longest = talking.stretches.max(by: { $0.seconds < $1.seconds }) {
            text += ", at longest \(ReportText.span(longest.start, longest.end))"
        }
        if let talked = speechScores?.talking, let silent = speechScores?.silent {
            text +=
                "; score \(ReportText.points(talked.score)) meanwhile, "
                + "\(ReportText.points(silent.score)) with the mouth at rest"
        }
        return Line("Talking", text, note: Self.range(talking.share))
    }

    private var blinkLine: Line? {
        guard let blinks else { return unmet.contains(.blinks) ? tooFew("Blinks", .blinks) : nil }
        var text = ReportText.count(blinks.rate.count, "blink", "blinks")
        text += " in \(ReportText.duration(blinks.rate.seconds))"
        text += ", \(ReportText.fixed(blinks.rate.value, digits: 0)) a minute"
        if !blinks.shut.isEmpty {
            text += "; eyes shut or down for longer "
            text += Self.spans(blinks.shut)
        }
        return Line("Blinks", text, note: Self.range(blinks.rate))
    }

    private var smileLine: Line? {
        guard let smiles else { return nil }
        guard !unmet.contains(.smiles) else {
            return Line(
                "Smiles", "in \(ReportText.percent(smiles.share.value)) of the frames",
                note: Self.range(smiles.share) + "; single smiles need 2 frames a second")
        }
        guard let first = smiles.smiles.first else { return Line("Smiles", "none beyond the face at rest") }
        var text = "corners of the mouth drawn up for \(ReportText.percent(smiles.share.value)) of the time, "
        text +=
            smiles.smiles.count == 1
            ? "once, \(ReportText.span(first.start, first.end))"
            : "\(smiles.smiles.count) times, "
                + Self.spans(smiles.smiles.map { TimeSpan(start: $0.start, end: $0.end) })
        let onsets = smiles.smiles.compactMap(\.onsetSeconds)
        if !onsets.isEmpty { text += "; up within \(ReportText.fixed(Statistics.median(onsets), digits: 1))\u{00A0}s" }
        if let atGreeting = smiles.atGreeting, let atEnd = smiles.atEnd {
            text += "; in the first five seconds \(atGreeting ? "yes" : "none")"
            text += ", in the last five \(atEnd ? "yes" : "none")"
        }
        return Line("Smiles", text, note: Self.range(smiles.share))
    }

    private var browLine: Line? {
        guard let brows else { return unmet.contains(.brows) ? tooFew("Brows", .brows) : nil }
        let sides = [("raised", brows.raised), ("lowered", brows.lowered)].map { word, side in
            side.spans.isEmpty
                ? "not \(word)"
                : "\(word) \(ReportText.count(side.rate.count, "time", "times")) (\(Self.moments(side.spans.map(\.start))))"
        }
        return Line("Brows", sides.joined(separator: "; "))
    }

    private var stillLine: Line? {
        guard let still = head.still else { return unmet.contains(.stillness) ? tooFew("Head still", .stillness) : nil }
        return Line(
            "Head still", "\(ReportText.percent(still.value)) of the time, by less than 4° within a second",
            note: Self.range(still))
    }

    private var nodLine: Line? {
        guard let nods = head.nods, let shakes = head.shakes else {
            return unmet.contains(.nods) ? tooFew("Nods and shakes", .nods) : nil
        }
        func words(_ gesture: HeadGestures.Gesture, _ one: String, _ many: String) -> String {
            gesture.spans.isEmpty
                ? "no \(one)"
                : ReportText.count(gesture.rate.count, one, many) + " (\(Self.moments(gesture.spans.map(\.start))))"
        }
        return Line("Nods and shakes", words(nods, "nod", "nods") + ", " + words(shakes, "shake", "shakes"))
    }

    private var turnLine: Line? {
        guard let turns else { return nil }
        guard !turns.stretches.isEmpty else { return Line("Head turned", "never by 15° or more for a second") }
        let words = turns.stretches.prefix(6).map { stretch in
            "\(stretch.direction.words) by \(ReportText.fixed(stretch.degrees, digits: 0))° "
                + ReportText.span(stretch.start, stretch.end)
        }
        return Line("Head turned", words.joined(separator: ", ") + (turns.stretches.count > 6 ? ", …" : ""))
    }

    private var leaningLine: Line? {
        guard let leaning else { return unmet.contains(.leaning) ? tooFew("Leaning", .leaning) : nil }
        guard !leaning.stretches.isEmpty else { return Line("Leaning", "the head stayed about as near as it was") }
        let words = leaning.stretches.prefix(4).map { stretch in
            "\(stretch.change > 0 ? "nearer" : "farther") \(ReportText.span(stretch.start, stretch.end))"
        }
        return Line("Leaning", words.joined(separator: ", ") + (leaning.stretches.count > 4 ? ", …" : ""))
    }

    private var dropLines: [Line] {
        drops.map { drop in
            let share = drop.talkingShare
            let words =
                share >= 0.75
                ? "while talking" : share <= 0.25 ? "while the mouth was at rest" : "talking for part of it"
            return Line("Drop at \(ReportText.clock(drop.onset))", words, note: "speech moves what is read of a face")
        }
    }
}

extension HeadTurns.Direction {
    /// As seen in the picture.
    fileprivate var words: String {
        switch self {
        case .left: "to the left"
        case .right: "to the right"
        case .up: "up"
        case .down: "down"
        case .tiltedLeft: "tilted to the left"
        case .tiltedRight: "tilted to the right"
        }
    }
}

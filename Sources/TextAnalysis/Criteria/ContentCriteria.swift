/// What the answer tells: an account, one's own part, particulars, results, and whether it is to the question.
struct ContentCriteria {
    let text: AnswerText
    private let actions: OwnActions
    private let situations: [Range<Int>]
    private let tasks: [Range<Int>]
    private let results: [Range<Int>]
    /// Before each word and the end, how many words are a number, whether in digits or not.
    private let numbersBefore: [Int]

    init(_ text: AnswerText) {
        self.text = text
        actions = OwnActions(text)
        let kept = Self.counted(in: text)
        situations = kept(EnglishCues.situation)
        tasks = kept(EnglishCues.task)
        results = kept(EnglishCues.result)
        var count = 0
        numbersBefore =
            [0]
            + text.words.map { word in
                if word.hasDigit || EnglishCues.numberWords.contains(word.text) { count += 1 }
                return count
            }
    }

    /// Cues of sentences of at least four words: a heading or a list of keywords tells nothing.
    private static func counted(in text: AnswerText) -> (Phrases) -> [Range<Int>] {
        { phrases in phrases.matches(in: text.words).filter { text.sentence(of: $0.lowerBound).count >= 4 } }
    }

    /// Situation, task, action and result, the result not before the first action.
    var structure: CriterionFinding {
        let deeds = Set(actions.own.map(\.verb)).count + Set(actions.shared.map(\.verb)).count / 2
        let acts = (actions.own + actions.shared).map(\.range)
        let parts: [(name: String, share: Double, weight: Double, found: [Range<Int>])] = [
            ("situation", situations.isEmpty ? 0 : 1, 0.2, situations), ("task", tasks.isEmpty ? 0 : 1, 0.2, tasks),
            ("action", ramp(Double(deeds), from: 0, to: 4), 0.35, acts),
            ("result", ramp(Double(results.count), from: 0, to: 2), 0.25, results),
        ]
        var share = parts.reduce(0) { $0 + $1.share * $1.weight }
        // Told in order, the last result behind the first deed; an answer may begin with its result as well.
        if let deed = acts.map(\.lowerBound).min(), let end = results.map(\.lowerBound).max(), end < deed {
            share -= 0.1
        }
        let missing = parts.filter { $0.share == 0 }.map(\.name)
        let comment =
            missing.isEmpty
            ? "Situation, task, action and result are there."
            : "Missing: \(missing.joined(separator: ", "))."
        let evidence = parts.flatMap { part in part.found.prefix(6).map { text.evidence($0, part.name) } }
        return CriterionFinding(share, comment, evidence)
    }

    /// "I" did several things, more than "we" did.
    var contribution: CriterionFinding {
        let (own, shared) = (Set(actions.own.map(\.verb)).count, Set(actions.shared.map(\.verb)).count)
        let part = Double(own) / Double(max(own + shared, 1))
        let share = 0.7 * ramp(Double(own), from: 0, to: 4) + 0.3 * (own > 0 ? ramp(part, from: 0.2, to: 0.6) : 0)
        let evidence =
            actions.own.prefix(8).map { text.evidence($0.range, "own action") }
            + actions.shared.prefix(8).map { text.evidence($0.range, "shared action") }
        let comment =
            own == 0 && shared == 0
            ? "It does not say what you did."
            : shared > own
                ? "More of “we” than of “I”: say what your part was."
                : own < 3 ? "Little of what you did yourself is told." : "It says what you did yourself."
        return CriterionFinding(share, comment, evidence)
    }

    /// Numbers, names, dates and tools: different ones, of different kinds.
    var specifics: CriterionFinding {
        let words = text.words
        let written = words.count { $0.startsWithCapital } * 2 < words.count
        var found: [String: [Int]] = [:]
        for index in words.indices {
            let word = words[index]
            let isFirst = text.beginsSentence(index)
            if word.hasDigit || EnglishCues.numberWords.contains(word.text) || word.isAmount {
                found["number", default: []].append(index)
            } else if EnglishCues.times.contains(word.text) {
                found["time", default: []].append(index)
            } else if word.isAllCapitals && written && word.text.count <= 6 {
                found["abbreviation", default: []].append(index)
            } else if word.startsWithCapital && written && !isFirst && word.text != "i" && !word.text.hasPrefix("i'") {
                found["name", default: []].append(index)
            }
        }
        let distinct = found.values.reduce(0) { $0 + min(Set($1.map { words[$0].text }).count, 4) }
        let share = 0.7 * ramp(Double(distinct), from: 0, to: 6) + 0.3 * ramp(Double(found.count), from: 0, to: 3)
        let evidence = found.flatMap { kind, places in
            places.prefix(6).map { text.evidence($0..<($0 + 1), kind) }
        }
        return CriterionFinding(
            share,
            distinct == 0
                ? "No number, name, date or tool."
                : distinct < 3
                    ? "Few particulars: \(FormCriteria.quoted(evidence))."
                    : "Particulars: \(FormCriteria.quoted(evidence)).",
            evidence)
    }

    /// A result with a figure in its sentence or the next.
    var outcome: CriterionFinding {
        guard !results.isEmpty else { return CriterionFinding(0, "It does not say what came of it.") }
        let figured = results.filter { cue in
            let passage = text.passage(from: cue.lowerBound)
            return numbersBefore[passage.upperBound] > numbersBefore[passage.lowerBound]
        }
        let acted = !(actions.own.isEmpty && actions.shared.isEmpty)
        let share = (figured.isEmpty ? 0.45 + 0.1 * Double(min(results.count, 3)) : 1) * (acted ? 1 : 0.5)
        return CriterionFinding(
            share, figured.isEmpty ? "The result has no figure or other proof." : "The result has a figure.",
            (figured.isEmpty ? results : figured).prefix(4).map { text.evidence($0, "result") })
    }

    /// Whether the question's words, or words of the same matter, are in the answer; nil where the question has none.
    func relevance(to question: AnswerText) -> CriterionFinding? {
        let asked = Set(question.words.map(\.text)).filter {
            !EnglishCues.functionWords.contains($0) && !EnglishCues.questionFrame.contains($0) && $0.count > 2
        }
        guard !asked.isEmpty else { return nil }
        let stems = Dictionary(grouping: text.words.indices) { WordStem.of(text.words[$0].text) }
        var evidence: [Evidence] = []
        let answered = asked.sorted().filter { word in
            let kin = EnglishCues.kin.filter { $0.contains(word) }.reduce(into: [word]) { $0 += Array($1) }
            guard let place = kin.compactMap({ stems[WordStem.of($0)]?.first }).min() else { return false }
            evidence.append(text.evidence(place..<(place + 1), "of the question"))
            return true
        }
        let share = Double(answered.count) / Double(asked.count)
        return CriterionFinding(
            ramp(share, from: 0, to: 0.5),
            answered.isEmpty
                ? "None of the question's words comes up in the answer."
                : "\(answered.count) of the question's \(asked.count) words come up in the answer.", evidence)
    }
}

/// What is left of a word without its ending, so that "leading" and "led a team of leaders" meet.
enum WordStem {
    private static let endings = [
        "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ness", "ers", "er", "ies", "ied", "ed", "es",
        "s", "ly", "y", "e",
    ]

    static func of(_ word: String) -> String {
        guard let ending = endings.first(where: { word.hasSuffix($0) && word.count - $0.count >= 3 }) else {
            return word
        }
        return String(word.dropLast(ending.count))
    }
}

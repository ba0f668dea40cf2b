/// How the answer is said: its length, its beginning, its words and its sentences.
enum FormCriteria {
    static let wordsPerMinute = 150.0

    /// Half a minute to two minutes; what is said again does not make an answer longer.
    static func length(_ text: AnswerText, novelty: Double) -> CriterionFinding {
        let words = Double(text.words.count) * novelty
        let seconds = Int((Double(text.words.count) / wordsPerMinute * 60).rounded())
        let share = ramp(words, from: 12, to: 85) * (1 - 0.75 * ramp(words, from: 320, to: 600))
        let comment =
            words < 75
            ? "\(text.words.count) words, some \(seconds) s: short; half a minute and more leaves room for what happened."
            : words > 330
                ? "\(text.words.count) words, some \(seconds) s: longer than most people listen; two minutes are plenty."
                : "\(text.words.count) words, some \(seconds) s: a good length."
        return CriterionFinding(share, comment)
    }

    /// The first sentence says something of its own.
    static func opening(_ text: AnswerText) -> CriterionFinding {
        guard let first = text.sentences.first else { return CriterionFinding(0, "There is no first sentence.") }
        let beginning = first.lowerBound..<min(first.upperBound, first.lowerBound + 30)
        let words = Array(text.words[beginning])
        var (share, evidence): (Double, [Evidence]) = (1, [])
        for (phrases, kind, cost) in [
            (EnglishCues.delay, "delay", 0.6), (EnglishCues.filler, "filler", 0.35), (EnglishCues.hedge, "hedge", 0.3),
            (EnglishCues.generic, "general claim", 0.4),
        ] {
            for match in phrases.matches(in: words) {
                share -= cost
                evidence.append(text.evidence(match, kind))
            }
        }
        if ["so", "well", "ok", "okay", "alright"].contains(words[0].text), words.count > 1 {
            share -= 0.25
            evidence.append(text.evidence(0..<1, "filler"))
        }
        let content = words.count { !EnglishCues.functionWords.contains($0.text) }
        if content < 3 { share -= 0.5 }
        let comment =
            if let word = evidence.min(by: { $0.start < $1.start }) {
                "It does not begin with the point but with “\(word.words)”."
            } else if content < 3 {
                "The first sentence says little."
            } else {
                "It begins with the point."
            }
        return CriterionFinding(share, comment, evidence)
    }

    /// Fillers, hedges, words without content and words said twice, by a hundred words.
    static func wording(_ text: AnswerText) -> CriterionFinding {
        var (cost, evidence): (Double, [Evidence]) = (0, [])
        for (phrases, kind, weight) in [
            (EnglishCues.filler, "filler", 1.0), (EnglishCues.hedge, "hedge", 0.8),
            (EnglishCues.vague, "vague word", 0.6),
            (EnglishCues.generic, "general claim", 1.5),
        ] {
            for match in phrases.matches(in: text.words) {
                cost += weight
                evidence.append(text.evidence(match, kind))
            }
        }
        for index in text.words.indices {
            let word = text.words[index]
            if word.text == "like" && (word.followsPause && word.precedesPause) {
                cost += 1
                evidence.append(text.evidence(index..<(index + 1), "filler"))
            }
            if index > 0, word.text == text.words[index - 1].text, !text.words[index - 1].precedesPause,
                !text.beginsSentence(index), !["had", "that", "very"].contains(word.text),
                !word.hasDigit
            {
                cost += 1
                evidence.append(text.evidence((index - 1)..<(index + 1), "said twice"))
            }
        }
        // Short answers have no room for many: a single word is not yet a habit.
        let rate = max(cost - 0.5, 0) / Double(max(text.words.count, 40)) * 100
        let words = quoted(evidence)
        return CriterionFinding(
            1 - ramp(rate, from: 1, to: 9),
            evidence.isEmpty
                ? "No fillers, hedges or empty words."
                : rate <= 1
                    ? "Plain words; hardly any filler or hedge (\(words))." : "Words that say nothing: \(words).",
            evidence)
    }

    /// Sentences that a listener can follow.
    static func sentences(_ text: AnswerText) -> CriterionFinding {
        guard text.isPunctuated else {
            return CriterionFinding(0.75, "Without full stops the length of sentences cannot be told.")
        }
        let mean = Double(text.words.count) / Double(max(text.sentences.count, 1))
        let longest = text.sentences.max { $0.count < $1.count }
        let share = ramp(mean, from: 3, to: 8) * (1 - ramp(mean, from: 26, to: 42))
        guard mean > 26, let longest else {
            return CriterionFinding(share, "\(Int(mean.rounded())) words a sentence.")
        }
        return CriterionFinding(
            share, "\(Int(mean.rounded())) words a sentence are hard to follow.",
            [text.evidence(longest, "long sentence")])
    }

    /// The first three different ones.
    static func quoted(_ evidence: [Evidence]) -> String {
        var seen: Set<String> = []
        return evidence.sorted { $0.start < $1.start }.map { $0.words.lowercased() }.filter { seen.insert($0).inserted }
            .prefix(3).map { "“\($0)”" }.joined(separator: ", ")
    }
}

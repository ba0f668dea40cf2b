/// Whether the words make sentences, and say something new: what a heap of keywords or a copied paragraph does not.
struct Coherence {
    /// Of the words, those in runs of three that stand nowhere before.
    let novelty: Double
    /// How much of a score is let stand, 0…1.
    let factor: Double

    init(_ text: AnswerText) {
        let words = text.words
        var (seen, fresh): (Set<[String]>, Int) = ([], 0)
        let runs = max(words.count - 2, 0)
        for index in 0..<runs where seen.insert(words[index..<(index + 3)].map(\.text)).inserted { fresh += 1 }
        novelty = runs > 0 ? Double(fresh) / Double(runs) : 1

        let count = Double(max(words.count, 1))
        let small = Double(words.count { EnglishCues.functionWords.contains($0.text) }) / count
        // Every English sentence is a third to a half of small words; a list of keywords has few.
        let connected = ramp(small, from: 0.12, to: 0.28)
        // "the of", "with was": words in any order make many of these, sentences hardly any.
        var (pairs, broken) = (0, 0)
        for (first, second) in zip(words, words.dropFirst()) where !first.precedesPause {
            guard let never = Self.neverBehind[first.text] else { continue }
            pairs += 1
            if never.contains(second.text) { broken += 1 }
        }
        let ordered = broken < 2 ? 1 : 1 - ramp(Double(broken) / Double(pairs), from: 0.08, to: 0.3)
        factor = min(connected, ordered) * ramp(novelty, from: 0.3, to: 0.8)
    }

    /// What stands behind no article, and behind no preposition.
    private static let neverBehind: [String: Set<String>] = {
        let verbs = "is are was were be been have has had did would could should it's that's i'm i'd i've"
        let articles = EnglishCues.words(
            "a an the my our and or but of to in on at by for with from i we he she they it that which so because as "
                + verbs)
        let prepositions = EnglishCues.words("and or but of with from by i we he she they so because " + verbs)
        var never: [String: Set<String>] = [:]
        for word in ["a", "an", "the", "my", "our"] { never[word] = articles }
        for word in ["of", "with", "from", "at", "into", "by"] { never[word] = prepositions }
        return never
    }()
}

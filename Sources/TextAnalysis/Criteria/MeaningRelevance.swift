/// Whether an answer is to the question, by a model of meaning instead of words in common.
struct MeaningRelevance {
    /// How alike the question and the nearest passage are.
    let likeness: Double
    let finding: CriterionFinding

    /// Words of a passage at most, so that a model of 256 tokens reads all of it.
    private static let longestPassage = 150
    /// Passages and sentences that are looked at, at most; twenty minutes of speech.
    private static let (mostPassages, mostSentences) = (20, 200)
    /// Of a likeness below the first nothing is given, from the second on everything. Chosen on the 20 questions of the
    /// tests: an answer to another question has 0.15 as a median, to the question itself 0.29 to 0.39.
    private static let (least, enough) = (0.1, 0.3)

    /// - Returns: nil where the question has no word.
    init?(_ text: AnswerText, question: String, model: any MeaningModel) {
        guard !AnswerText(question).words.isEmpty else { return nil }
        let passages = Self.passages(of: text).prefix(Self.mostPassages)
        let sentences = text.sentences.prefix(Self.mostSentences)
        let places = passages + sentences
        let vectors = model.vectors(of: [question] + places.map(text.words(_:)))
        guard let asked = vectors.first, vectors.count == places.count + 1 else { return nil }
        let alike = vectors.dropFirst().map { Likeness.of(asked, $0) }
        let likeness = max(alike.prefix(passages.count).max() ?? 0, 0)
        let nearest = zip(sentences, alike.suffix(sentences.count)).max { $0.1 < $1.1 }
        let share = ramp(likeness, from: Self.least, to: Self.enough)
        self.likeness = likeness
        finding = CriterionFinding(
            share,
            share >= 0.99
                ? "In meaning it is near to the question."
                : share > 0.4
                    ? "In meaning it is only partly near to the question." : "In meaning it is far from the question.",
            share > 0 ? nearest.map { [text.evidence($0.0, "nearest to the question")] } ?? [] : [])
    }

    /// Whole sentences, as many as fit; a longer one is a passage of its own.
    private static func passages(of text: AnswerText) -> [Range<Int>] {
        var passages: [Range<Int>] = []
        for sentence in text.sentences {
            if let last = passages.last, sentence.upperBound - last.lowerBound <= longestPassage {
                passages[passages.count - 1] = last.lowerBound..<sentence.upperBound
            } else {
                passages.append(sentence)
            }
        }
        return passages
    }
}

/// How alike two vectors of length 1 are.
enum Likeness {
    static func of(_ first: [Float], _ second: [Float]) -> Double {
        Double(zip(first, second).reduce(0) { $0 + $1.0 * $1.1 })
    }
}

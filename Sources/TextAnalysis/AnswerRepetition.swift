/// What is told in more than one answer of an interview.
///
/// Sentences of different answers are compared, by a model of meaning where there is one, else by words in common, which
/// finds what is said again word by word and hardly anything that is told anew.
public struct AnswerRepetition: Codable, Hashable, Sendable {
    /// A sentence of an answer.
    public struct Passage: Codable, Hashable, Sendable {
        /// Which answer, from 0.
        public let answer: Int
        /// Unicode code points of the answer before the words, and before what follows them.
        public let start: Int
        public let end: Int
        public let words: String
    }

    /// Two sentences that say the same.
    public struct Pair: Codable, Hashable, Sendable {
        public let first: Passage
        public let second: Passage
        /// 0…1, in hundredths: of meaning, or of the shorter one's words, those that both have.
        public let likeness: Double
    }

    /// How it was told: "meaning" or "words in common".
    public let method: String
    /// The most alike first, no sentence in more than one; at most ``mostPairs``.
    public let pairs: [Pair]

    public static let mostPairs = 50
    /// Words from which on a sentence is compared: shorter ones are alike by chance.
    private static let shortest = 6
    /// Sentences that are compared, in all answers together.
    private static let mostSentences = 500
    /// From here on two sentences say the same. Chosen on the tests' 60 answers to different questions, of whose 60,000 pairs
    /// two are above it, and on sentences that were written to say the same.
    private static let leastLikeness = 0.55
    private static let (leastShare, leastWords) = (0.6, 4)

    private struct Sentence {
        let passage: Passage
        /// Stems of the words that mean something.
        let stems: Set<String>
    }

    /// - Parameters:
    ///   - answers: of one person; no more of each is read than ``AnswerRubric/longestAnswer``.
    ///   - meaning: what compares; words in common where nil.
    /// - Complexity: O(n²) in the sentences, at most 500.
    public static func find(in answers: [String], meaning: (any MeaningModel)? = nil) -> AnswerRepetition {
        let sentences = Array(answers.enumerated().flatMap(sentences(of:_:)).prefix(mostSentences))
        let vectors = meaning?.vectors(of: sentences.map(\.passage.words))
        var found: [Pair] = []
        for (index, second) in sentences.enumerated() {
            for (other, first) in sentences[..<index].enumerated() where first.passage.answer != second.passage.answer {
                let likeness: Double?
                if let vectors {
                    let alike = Likeness.of(vectors[other], vectors[index])
                    likeness = alike >= leastLikeness ? alike : nil
                } else {
                    likeness = shared(first.stems, second.stems)
                }
                guard let likeness else { continue }
                found.append(
                    Pair(
                        first: first.passage, second: second.passage,
                        likeness: (min(likeness, 1) * 100).rounded() / 100))
            }
        }
        return AnswerRepetition(method: meaning == nil ? "words in common" : "meaning", pairs: best(of: found))
    }

    private static func best(of pairs: [Pair]) -> [Pair] {
        let sorted = pairs.enumerated().sorted {
            ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset)
        }
        var used: Set<Passage> = []
        return sorted.map(\.element).filter { pair in
            guard !used.contains(pair.first), !used.contains(pair.second) else { return false }
            used.formUnion([pair.first, pair.second])
            return true
        }.prefix(mostPairs).map(\.self)
    }

    private static func sentences(of index: Int, _ answer: String) -> [Sentence] {
        let text = AnswerText(
            String(String.UnicodeScalarView(answer.unicodeScalars.prefix(AnswerRubric.longestAnswer))))
        return text.sentences.filter { $0.count >= shortest }.map { range in
            let evidence = text.evidence(range, "sentence")
            let stems = text.words[range].map(\.text).filter {
                $0.count > 2 && !EnglishCues.functionWords.contains($0)
            }
            return Sentence(
                passage: Passage(answer: index, start: evidence.start, end: evidence.end, words: evidence.words),
                stems: Set(stems.map(WordStem.of)))
        }
    }

    /// Of the shorter one's stems those that both have, where they are enough.
    private static func shared(_ first: Set<String>, _ second: Set<String>) -> Double? {
        let both = first.intersection(second).count
        let share = Double(both) / Double(max(min(first.count, second.count), 1))
        return both >= leastWords && share >= leastShare ? share : nil
    }
}

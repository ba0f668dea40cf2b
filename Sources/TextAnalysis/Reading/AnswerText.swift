/// An answer as words and sentences, each with its place in the text.
struct AnswerText {
    struct Word {
        /// In small letters, with a straight apostrophe.
        let text: String
        /// Code points of the answer.
        let range: Range<Int>
        let startsWithCapital: Bool
        /// At least two letters, all of them capitals: an abbreviation where not all is written so.
        let isAllCapitals: Bool
        let hasDigit: Bool
        /// Whether a comma, semicolon, colon or dash stands before or behind it.
        let followsPause: Bool
        let precedesPause: Bool
        /// A currency before it or a percent sign behind it.
        let isAmount: Bool
    }

    let words: [Word]
    /// Indices of `words`; none is empty.
    let sentences: [Range<Int>]
    /// Whether full stops tell where sentences end. Speech recognisers often write none.
    let isPunctuated: Bool
    private let scalars: [Unicode.Scalar]
    /// Of each word, the number of its sentence.
    private let sentenceNumbers: [Int]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var reader = WordReader(scalars)
        let words = reader.words()
        self.words = words
        let ends = Self.punctuatedEnds(of: words, in: scalars)
        isPunctuated = words.count <= Self.longestSentence * max(ends.count, 1)
        let cuts = isPunctuated ? ends : Self.spokenEnds(of: words)
        var begin = 0
        let sentences = (cuts.filter { $0 < words.count } + [words.count]).compactMap { end in
            defer { begin = end }
            return end > begin ? begin..<end : nil
        }
        self.sentences = sentences
        sentenceNumbers = sentences.enumerated().flatMap { number, range in [Int](repeating: number, count: range.count)
        }
    }

    /// Words a sentence on average beyond which full stops are taken to be missing.
    private static let longestSentence = 60

    /// What stands at those code points.
    func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// The text from the first of these words to the last.
    func words(_ range: Range<Int>) -> String { evidence(range, "").words }

    func evidence(_ range: Range<Int>, _ kind: String) -> Evidence {
        let place = words[range.lowerBound].range.lowerBound..<words[range.upperBound - 1].range.upperBound
        return Evidence(start: place.lowerBound, end: place.upperBound, words: string(place), kind: kind)
    }

    /// The sentence that the word is in.
    func sentence(of word: Int) -> Range<Int> { sentences[sentenceNumbers[word]] }

    func beginsSentence(_ word: Int) -> Bool { sentence(of: word).lowerBound == word }

    /// From the word's sentence to the end of the next.
    func passage(from word: Int) -> Range<Int> {
        let number = sentenceNumbers[word]
        return sentences[number].lowerBound..<sentences[min(number + 1, sentences.count - 1)].upperBound
    }

    /// Indices of the words behind a full stop, question or exclamation mark, or a line's end.
    private static func punctuatedEnds(of words: [Word], in scalars: [Unicode.Scalar]) -> [Int] {
        let abbreviations: Set<String> = [
            "mr", "mrs", "ms", "dr", "prof", "st", "e.g", "i.e", "etc", "vs", "approx", "no",
        ]
        return words.indices.dropLast().filter { index in
            let between = scalars[words[index].range.upperBound..<words[index + 1].range.lowerBound]
            if between.contains("\n") || between.contains("!") || between.contains("?") { return true }
            guard between.contains(".") || between.contains("…") else { return false }
            let isInitial = words[index].text.count == 1 && words[index].text != "i"
            return !abbreviations.contains(words[index].text) && !isInitial && between.count > 1
        }.map { $0 + 1 }
    }

    /// Where a speaker goes on with a new thought, at least eight words apart.
    private static func spokenEnds(of words: [Word]) -> [Int] {
        let openers: Set<String> = [
            "so", "then", "but", "because", "after", "when", "anyway", "finally", "eventually", "now",
        ]
        var last = 0
        return words.indices.filter { index in
            guard index - last >= 8, openers.contains(words[index].text) else { return false }
            last = index
            return true
        }
    }
}

/// Goes through the code points once.
private struct WordReader {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func words() -> [AnswerText.Word] {
        var words: [AnswerText.Word] = []
        var pauseBefore = true
        while let range = next() {
            let letters = scalars[range]
            let capitals = letters.count { $0.properties.isUppercase }
            let lower = Self.lowercased(letters)
            let (before, behind) = (character(before: range), character(behind: range))
            let pauseBehind = behind.map { ",;:–—".unicodeScalars.contains($0) } ?? true
            words.append(
                AnswerText.Word(
                    text: lower, range: range,
                    startsWithCapital: letters.first?.properties.isUppercase ?? false,
                    isAllCapitals: capitals >= 2 && letters.allSatisfy { !$0.properties.isLowercase },
                    hasDigit: letters.contains { $0.properties.numericType != nil },
                    followsPause: pauseBefore, precedesPause: pauseBehind,
                    isAmount: before.map { "$€£¥".unicodeScalars.contains($0) } ?? false || behind == "%"))
            pauseBefore = pauseBehind
        }
        return words
    }

    private static func lowercased(_ letters: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        for scalar in letters {
            text += scalar == "\u{2019}" || scalar == "\u{2018}" ? "'" : scalar.properties.lowercaseMapping
        }
        return text
    }

    private func character(before range: Range<Int>) -> Unicode.Scalar? {
        range.lowerBound > 0 ? scalars[range.lowerBound - 1] : nil
    }

    private func character(behind range: Range<Int>) -> Unicode.Scalar? {
        range.upperBound < scalars.count ? scalars[range.upperBound] : nil
    }

    /// Letters and digits, with apostrophes, points, commas and hyphens between two of them.
    private mutating func next() -> Range<Int>? {
        while place < scalars.count, !Self.belongs(scalars[place]) { place += 1 }
        guard place < scalars.count else { return nil }
        let begin = place
        while place < scalars.count {
            if Self.belongs(scalars[place]) {
                place += 1
            } else if Self.joins(scalars[place]), place + 1 < scalars.count, Self.belongs(scalars[place + 1]),
                !(",".unicodeScalars.contains(scalars[place]) && !Self.isDigit(scalars[place + 1]))
            {
                place += 1
            } else {
                break
            }
        }
        return begin..<place
    }

    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || isDigit(scalar) || scalar.properties.generalCategory == .nonspacingMark
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType == .decimal }

    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        "'\u{2019}\u{2018}.,-/&+".unicodeScalars.contains(scalar)
    }
}

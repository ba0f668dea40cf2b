/// Phrases of one or more words, found in a text wherever all their words follow one another.
struct Phrases {
    /// The words behind each first word, the longest phrase first.
    private var byFirst: [Substring: [[Substring]]] = [:]

    /// - Parameter lines: phrases, separated by semicolons or line ends; an asterisk stands for any one word.
    init(_ lines: String) {
        for phrase in lines.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
            let words = phrase.split(separator: " ")
            guard let first = words.first else { continue }
            byFirst[first, default: []].append(Array(words.dropFirst()))
        }
        for key in byFirst.keys { byFirst[key]?.sort { $0.count > $1.count } }
    }

    /// The longest phrase that begins at each word, left to right, none overlapping another.
    func matches(in words: [AnswerText.Word]) -> [Range<Int>] {
        var (found, place): ([Range<Int>], Int) = ([], 0)
        while place < words.count {
            if let length = longest(at: place, in: words) {
                found.append(place..<(place + length))
                place += length
            } else {
                place += 1
            }
        }
        return found
    }

    private func longest(at place: Int, in words: [AnswerText.Word]) -> Int? {
        guard let endings = byFirst[Substring(words[place].text)] else { return nil }
        let ending = endings.first { ending in
            place + ending.count < words.count
                && ending.indices.allSatisfy { ending[$0] == "*" || ending[$0] == words[place + 1 + $0].text }
        }
        return ending.map { $0.count + 1 }
    }
}

/// Turns a text into the numbers of pieces of words, as BERT's uncased models read it.
///
/// Equal to the `tokenizers` package, but that `[SEP]` and the like in a text are words like others: who writes a text has
/// no say in where it ends.
///
/// - Source: Wu et al., 2016, arXiv:1609.08144; Devlin et al., 2019, arXiv:1810.04805.
public struct WordPieceTokenizer: Sendable {
    /// Code points of a word at most; a longer one is unknown as a whole.
    static let longestWord = 100

    let vocabulary: Vocabulary

    /// Pieces of the vocabulary; every number is below it.
    public var count: Int { vocabulary.count }

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// - Parameter vocabulary: UTF-8, one piece a line, the first being number 0; with `[UNK]`, `[CLS]` and `[SEP]`.
    /// - Throws: ``VocabularyError`` where that is no vocabulary.
    public init(vocabulary: [UInt8]) throws(VocabularyError) {
        self.vocabulary = try Vocabulary(lines: vocabulary)
    }

    /// The numbers of the pieces of `text`, between that of `[CLS]` and that of `[SEP]`.
    ///
    /// - Parameter limit: numbers at most, at least 2; what is behind is cut off.
    /// - Complexity: O(n) in the code points that are looked at.
    public func numbers(of text: String, atMost limit: Int) -> [Int32] {
        precondition(limit >= 2, "no room for the beginning and the end in \(limit)")
        var numbers = [vocabulary.first]
        var words = BasicWords(text)
        while numbers.count < limit, let word = words.next() { append(word, to: &numbers) }
        if numbers.count >= limit { numbers.removeLast(numbers.count - limit + 1) }
        numbers.append(vocabulary.last)
        return numbers
    }

    /// From the left the longest piece each; a word that cannot be cut so to its end is unknown.
    private func append(_ word: BasicWords.Word, to numbers: inout [Int32]) {
        let count = numbers.count
        var index = 0
        while index < word.ends.count {
            guard word.ends.count <= Self.longestWord, let piece = vocabulary.longestPiece(of: word, from: index) else {
                numbers.removeLast(numbers.count - count)
                return numbers.append(vocabulary.unknown)
            }
            numbers.append(piece.number)
            index = piece.end
        }
    }
}

/// A text as BERT's tokenizer cuts it into words: cleaned, in small letters without accents, at spaces, with each mark of
/// punctuation and each ideograph a word of its own.
///
/// - Source: Devlin et al., 2019, arXiv:1810.04805, as the `tokenizers` package has it.
struct BasicWords: Sequence, IteratorProtocol {
    /// One word: its UTF-8, and where in it each code point ends.
    struct Word: Equatable {
        private(set) var bytes: [UInt8] = []
        private(set) var ends: [Int] = []

        var isEmpty: Bool { bytes.isEmpty }

        mutating func append(_ scalar: Unicode.Scalar) {
            // Of a word that is too long to be looked up nothing more is needed.
            guard ends.count <= WordPieceTokenizer.longestWord else { return }
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if let encoded = UTF8.encode(scalar) {
                bytes.append(contentsOf: encoded)
            }
            ends.append(bytes.count)
        }
    }

    private var scalars: String.UnicodeScalarView.Iterator
    /// The word that is being read.
    private var word = Word()
    /// Words that are done, the first of them last: one code point may end one and be another.
    private var done: [Word] = []

    init(_ text: String) { scalars = text.unicodeScalars.makeIterator() }

    mutating func next() -> Word? {
        while done.isEmpty {
            guard let scalar = scalars.next() else {
                end()
                return done.popLast()
            }
            take(scalar)
            done.reverse()
        }
        return done.popLast()
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        if scalar.isDropped { return }
        if scalar.isSeparator { return end() }
        if scalar.isASCII {
            // ASCII's capitals lie 32 before its small letters.
            let isCapital = (0x41...0x5A).contains(scalar.value)
            return append(isCapital ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) + 32) : scalar)
        }
        if scalar.isIdeograph { end() }
        CanonicalDecompositions.forEach(of: scalar) { rest in
            for letter in rest.properties.lowercaseMapping.unicodeScalars { append(letter) }
        }
        if scalar.isIdeograph { end() }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard scalar.isPunctuationMark else { return word.append(scalar) }
        end()
        word.append(scalar)
        end()
    }

    private mutating func end() {
        guard !word.isEmpty else { return }
        done.append(word)
        word = Word()
    }
}

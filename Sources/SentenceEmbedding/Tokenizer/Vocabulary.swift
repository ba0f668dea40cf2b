/// The pieces of words that a model knows, found by their bytes.
struct Vocabulary: Sendable {
    /// Pieces at most; BERT has some thirty thousand.
    static let mostPieces = 1 << 20
    /// How pieces are marked that do not begin a word.
    private static let continuation = Array("##".utf8)

    let count: Int
    private(set) var unknown: Int32 = 0
    /// What stands before each text, and behind it.
    private(set) var first: Int32 = 0
    private(set) var last: Int32 = 0
    /// Bytes of the longest piece.
    private let longest: Int
    private let bytes: [UInt8]
    /// Where each piece begins in `bytes`, and where the last one ends.
    private let starts: [Int32]
    /// Numbers of pieces by their hash, a power of two of places; −1 where there is none.
    private let places: [Int32]

    /// - Parameter lines: one piece a line, the first being number 0.
    init(lines: [UInt8]) throws(VocabularyError) {
        var starts: [Int32] = [0]
        var bytes: [UInt8] = []
        for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            bytes.append(contentsOf: line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            starts.append(Int32(clamping: bytes.count))
            guard starts.count <= Self.mostPieces + 2 else { break }
        }
        // The last line ends with a line's end or not.
        if lines.isEmpty || lines.last == UInt8(ascii: "\n") { starts.removeLast() }
        count = starts.count - 1
        guard count <= Self.mostPieces else { throw .tooMany(count: count, limit: Self.mostPieces) }
        var places = [Int32](repeating: -1, count: Self.placeCount(for: count))
        var longest = 0
        for piece in 0..<count {
            let range = Int(starts[piece])..<Int(starts[piece + 1])
            longest = max(longest, range.count)
            let text = bytes[range]
            guard !text.isEmpty else { continue }
            var place = Int(truncatingIfNeeded: Self.hash(text)) & (places.count - 1)
            while places[place] >= 0 {
                let other = Int(places[place])
                if bytes[Int(starts[other])..<Int(starts[other + 1])] == text {
                    throw .twice(String(decoding: text, as: UTF8.self))
                }
                place = (place + 1) & (places.count - 1)
            }
            places[place] = Int32(piece)
        }
        (self.bytes, self.starts, self.places, self.longest) = (bytes, starts, places, longest)
        unknown = try number(of: "[UNK]")
        first = try number(of: "[CLS]")
        last = try number(of: "[SEP]")
    }

    private func number(of piece: String) throws(VocabularyError) -> Int32 {
        let text = Array(piece.utf8)
        guard let number = find(text[...], hash: Self.hash(text), isContinuation: false) else { throw .missing(piece) }
        return number
    }

    /// The longest piece that `word` begins with from the code point `index` on.
    ///
    /// - Returns: its number, and the index of the code point behind it.
    func longestPiece(of word: BasicWords.Word, from index: Int) -> (number: Int32, end: Int)? {
        let isContinuation = index > 0
        let begin = isContinuation ? word.ends[index - 1] : 0
        let limit = longest - (isContinuation ? Self.continuation.count : 0)
        var hash = isContinuation ? Self.hash(Self.continuation) : Self.basis
        var found: (number: Int32, end: Int)?
        var place = begin
        for next in index..<word.ends.count {
            let end = word.ends[next]
            guard end - begin <= limit else { break }
            while place < end {
                hash = Self.hash(hash, word.bytes[place])
                place += 1
            }
            if let number = find(word.bytes[begin..<end], hash: hash, isContinuation: isContinuation) {
                found = (number, next + 1)
            }
        }
        return found
    }

    private func find(_ text: ArraySlice<UInt8>, hash: UInt64, isContinuation: Bool) -> Int32? {
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] >= 0 {
            let piece = Int(places[place])
            var stored = bytes[Int(starts[piece])..<Int(starts[piece + 1])]
            if !isContinuation {
                if stored == text { return places[place] }
            } else if stored.starts(with: Self.continuation) {
                stored = stored.dropFirst(Self.continuation.count)
                if stored == text { return places[place] }
            }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// At most half of the places are taken.
    private static func placeCount(for count: Int) -> Int {
        var places = 16
        while places < 2 * count { places *= 2 }
        return places
    }

    /// - Source: the FNV-1a hash of Fowler, Noll and Vo.
    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(basis, hash) }
}

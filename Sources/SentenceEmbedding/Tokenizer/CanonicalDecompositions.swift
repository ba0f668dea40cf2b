/// What is left of a code point when it is decomposed canonically and its accents are dropped.
///
/// A table of our own: Swift's standard library decomposes only inside, and Foundation would have to be loaded for it. The
/// order of what is left is that of the text; Unicode's own order would move nothing that a vocabulary has.
enum CanonicalDecompositions {
    private static let parsed: [UInt32: [Unicode.Scalar]] = {
        var parsed: [UInt32: [Unicode.Scalar]] = [:]
        for entry in table.split(whereSeparator: \.isWhitespace) {
            let sides = entry.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let code = UInt32(sides[0], radix: 16) else { continue }
            parsed[code] = sides[1].split(separator: "+").compactMap {
                UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }
        }
        return parsed
    }()

    /// Calls `body` with each code point that is left of `scalar`; none of an accent.
    static func forEach(of scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
        if scalar.isASCII { return body(scalar) }
        if let syllable = HangulSyllable(scalar) { return syllable.forEachLetter(body) }
        if let rest = parsed[scalar.value] { return rest.forEach(body) }
        if !scalar.isAccent { body(scalar) }
    }
}

/// A syllable of Hangul, which is two or three letters by arithmetic.
///
/// - Source: The Unicode Standard, 3.12, Conjoining Jamo Behavior.
private struct HangulSyllable {
    private static let (first, count): (UInt32, UInt32) = (0xAC00, 11_172)
    private static let (leading, vowel, trailing): (UInt32, UInt32, UInt32) = (0x1100, 0x1161, 0x11A7)
    private static let (vowels, endings): (UInt32, UInt32) = (21, 28)
    private let index: UInt32

    init?(_ scalar: Unicode.Scalar) {
        guard scalar.value >= Self.first, scalar.value - Self.first < Self.count else { return nil }
        index = scalar.value - Self.first
    }

    func forEachLetter(_ body: (Unicode.Scalar) -> Void) {
        let ending = index % Self.endings
        let letters = [
            Self.leading + index / (Self.vowels * Self.endings),
            Self.vowel + index / Self.endings % Self.vowels,
        ]
        for letter in letters + (ending > 0 ? [Self.trailing + ending] : []) {
            if let scalar = Unicode.Scalar(letter) { body(scalar) }
        }
    }
}

/// The kinds of characters that BERT's tokenizer tells apart.
///
/// The reference, the `tokenizers` package, has Unicode's categories as of version 8: later characters are letters to it,
/// whatever they are. Made equal to it code point by code point; where categories changed since, the few are named.
extension Unicode.Scalar {
    /// What is dropped: control and format characters, private use, and the replacement character.
    var isDropped: Bool {
        if isASCII { return (value < 0x20 && !isTabOrLineEnd) || value == 0x7F }
        if value == 0xFFFD { return true }
        switch properties.generalCategory {
        case .control, .privateUse: return true
        case .format: return isOld
        default: return false
        }
    }

    /// What separates words. Vertical tab, form feed and next line are dropped before.
    var isSeparator: Bool { isASCII ? value == 0x20 || isTabOrLineEnd : properties.isWhitespace }

    /// What is a word of its own: punctuation, and ASCII's symbols.
    var isPunctuationMark: Bool {
        if isASCII {
            switch value {
            case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
            default: return false
            }
        }
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return isOld
        default: return value == 0x166D || value == 0x111C9
        }
    }

    /// A mark that is drawn on the letter before it.
    var isAccent: Bool {
        if value < 0x300 { return false }
        switch value {
        case 0x1734, 0x1171E: return true
        case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
        default: return properties.generalCategory == .nonspacingMark && isOld
        }
    }

    /// A character of Chinese, and of what Japanese and Korean took over: a word of its own.
    ///
    /// - Source: the reference; the block that begins at U+2B820 does so 256 code points too late there.
    var isIdeograph: Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B81F,
            0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    private var isTabOrLineEnd: Bool { value == 0x09 || value == 0x0A || value == 0x0D }

    /// Whether Unicode 8 had it.
    private var isOld: Bool { properties.age.map { $0.major <= 8 } ?? false }
}

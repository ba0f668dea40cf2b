extension HeaderScanner {
    /// Reads a string, its escapes resolved.
    ///
    /// - Throws: ``WeightError/invalidUTF8(path:offset:)``, ``WeightError/invalidEscape(path:offset:)``,
    ///   ``WeightError/unexpectedByte(path:offset:expected:found:)`` for a raw control character or a missing end.
    mutating func scanString() throws(WeightError) -> String {
        let start = offset
        guard consume("\"") else { throw unexpected("string") }
        var text: [UInt8] = []
        while true {
            text += scanPlainCharacters()
            if consume("\"") { break }
            guard next == UInt8(ascii: "\\") else { throw unexpected("character or end of string") }
            text += String(try scanEscape()).utf8
        }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw .invalidUTF8(path: path, offset: start)
        }
        return string
    }

    private mutating func scanEscape() throws(WeightError) -> Unicode.Scalar {
        let start = offset
        step()
        guard let kind = next else { throw unexpected("escape") }
        step()
        switch Unicode.Scalar(kind) {
        case "\"": return "\""
        case "\\": return "\\"
        case "/": return "/"
        case "b": return "\u{08}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return try scanUnicodeEscape(from: start)
        default: throw .invalidEscape(path: path, offset: start)
        }
    }

    /// Reads the digits of `\uXXXX`, and the second half where the first begins a surrogate pair.
    private mutating func scanUnicodeEscape(from start: Int) throws(WeightError) -> Unicode.Scalar {
        let unit = try scanCodeUnit(from: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), consume("\\"), consume("u") else {
            throw .invalidEscape(path: path, offset: start)
        }
        let trail = try scanCodeUnit(from: start)
        guard UTF16.isTrailSurrogate(trail) else { throw .invalidEscape(path: path, offset: start) }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func scanCodeUnit(from start: Int) throws(WeightError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw .invalidEscape(path: path, offset: start)
            }
            unit = unit << 4 | UInt16(digit)
            step()
        }
        return unit
    }
}

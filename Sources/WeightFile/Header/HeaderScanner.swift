/// A cursor over the JSON text of a header that reads one token at a time and refuses everything else.
///
/// A parser of our own because common JSON decoders silently keep one of two equal keys, so that two programs may
/// read different tensors from the same file. There is no recursion: the header's form is fixed, so nesting deeper
/// than it is an unexpected byte.
struct HeaderScanner {
    let path: String
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The byte at the cursor, nil at the end.
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Steps over one byte, which must be `byte`.
    mutating func expect(_ byte: Unicode.Scalar) throws(WeightError) {
        guard consume(byte) else { throw unexpected("\"\(byte)\"") }
    }

    /// Steps over whitespace, which JSON allows between any two tokens.
    mutating func skipWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// Steps to the next member of an object or array; false once `close` has been stepped over.
    mutating func findMember(before close: Unicode.Scalar, isFirst: inout Bool) throws(WeightError) -> Bool {
        skipWhitespace()
        if consume(close) { return false }
        if !isFirst {
            guard consume(",") else { throw unexpected("\",\" or \"\(close)\"") }
            skipWhitespace()
        }
        isFirst = false
        return true
    }

    /// Reads a key and the colon behind it.
    mutating func scanKey() throws(WeightError) -> String {
        let key = try scanString()
        skipWhitespace()
        try expect(":")
        skipWhitespace()
        return key
    }

    /// Reads an array of natural numbers, which may be empty.
    mutating func scanNaturalNumbers() throws(WeightError) -> [Int] {
        var numbers: [Int] = []
        var isFirst = true
        try expect("[")
        while try findMember(before: "]", isFirst: &isFirst) { numbers.append(try scanNaturalNumber()) }
        return numbers
    }

    /// Steps over the padding behind the closing brace: spaces only, to the end.
    mutating func expectPaddingToTheEnd() throws(WeightError) {
        while consume(" ") {}
        guard next == nil else { throw unexpected("space or end") }
    }

    /// The error for the byte at the cursor.
    func unexpected(_ expected: String) -> WeightError {
        .unexpectedByte(path: path, offset: offset, expected: expected, found: next)
    }

    private mutating func scanNaturalNumber() throws(WeightError) -> Int {
        let start = offset
        guard let first = next, first == 0x2D || isDigit(first) else { throw unexpected("number") }
        var number = 0
        while let byte = next, isDigit(byte) {
            let (tenfold, overflowsTenfold) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tenfold.addingReportingOverflow(Int(byte - 0x30))
            guard !overflowsTenfold, !overflows else { throw .numberTooLarge(path: path, offset: start) }
            number = sum
            offset += 1
        }
        let hasLeadingZero = first == 0x30 && offset > start + 1
        let goesOn = next == 0x2E || next == 0x65 || next == 0x45 || next == 0x2D
        guard !hasLeadingZero, !goesOn else { throw .notANaturalNumber(path: path, offset: start) }
        return number
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Steps over everything that stands for itself inside of a string.
    mutating func scanPlainCharacters() -> ArraySlice<UInt8> {
        let start = offset
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { offset += 1 }
        return bytes[start..<offset]
    }

    /// Steps over one byte, whatever it is.
    mutating func step() { offset += 1 }

    /// Steps over `byte` when it stands at the cursor.
    mutating func consume(_ byte: Unicode.Scalar) -> Bool {
        guard let found = next, UInt32(found) == byte.value else { return false }
        offset += 1
        return true
    }
}

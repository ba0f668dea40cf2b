/// File names as texts, whatever bytes they are made of.
///
/// A system's names are bytes; mostly, but not always, they are UTF-8. Here each byte that is not becomes one character
/// of a private range, U+10FF80…U+10FFFF, and a name that holds such characters already has their bytes taken apart
/// likewise. So every name has a text of its own, from which its bytes come back exactly.
///
/// - Source: the idea of PEP 383 ("surrogateescape"), with characters that a Swift string can hold.
public enum FileName {
    private static let base: UInt32 = 0x10_FF00
    private static let escapes: ClosedRange<UInt32> = (base + 0x80)...(base + 0xFF)

    /// The name made of `bytes` as a text.
    public static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !hasEscapes(text) { return text }
        var scalars = String.UnicodeScalarView()
        var rest = bytes[...]
        while let first = rest.first {
            if let scalar = scalar(at: rest), !escapes.contains(scalar.value) {
                scalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                // Every byte of what is no UTF-8, or of an escape, is at least 0x80.
                if let escape = Unicode.Scalar(base + UInt32(first)) { scalars.append(escape) }
                rest = rest.dropFirst()
            }
        }
        return String(scalars)
    }

    /// The bytes of the name whose text is `text`.
    public static func bytes(_ text: String) -> [UInt8] {
        guard hasEscapes(text) else { return Array(text.utf8) }
        return text.unicodeScalars.flatMap { scalar in
            escapes.contains(scalar.value) ? [UInt8(scalar.value - base)] : Array(String(scalar).utf8)
        }
    }

    /// What `body` makes of the name as the system takes it: its bytes, ended by a zero.
    public static func withBytes<Result>(_ text: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard hasEscapes(text) else { return text.withCString(body) }
        let bytes = bytes(text).map { CChar(bitPattern: $0) } + [0]
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? text.withCString(body)
        }
    }

    /// Whether some bytes of the name are no UTF-8.
    public static func hasEscapes(_ text: String) -> Bool {
        // The first byte of every character beyond U+FFFFF.
        text.utf8.contains(0xF4) && text.unicodeScalars.contains { escapes.contains($0.value) }
    }

    /// The name as a terminal may be shown it: on one line, without control characters, `\xNN` for a byte that is no
    /// UTF-8; `''` for the empty one.
    public static func shown(_ text: String) -> String {
        guard !text.isEmpty else { return "''" }
        guard text.unicodeScalars.contains(where: { notation($0) != nil }) else { return text }
        return text.unicodeScalars.reduce(into: "") { shown, scalar in
            if let notation = notation(scalar) { shown += notation } else { shown.unicodeScalars.append(scalar) }
        }
    }

    /// A shell's word for the name as it is shown: quoted where it holds anything but letters, digits and `/._-`.
    public static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789/._-".unicodeScalars.contains($0)
        }
        return plain && !text.isEmpty
            ? text
            : "'"
                + shown(text).split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }

    /// The name's bytes in Base64.
    ///
    /// - Source: RFC 4648, section 4.
    public static func base64(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = bytes(text)
        var encoded = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0...group.count { encoded.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 0x3F)]) }
            encoded += String(repeating: "=", count: 3 - group.count)
        }
        return encoded
    }

    /// The arguments of this process, each as the text of its bytes.
    public static var arguments: [String] {
        (0..<Int(CommandLine.argc)).compactMap { index in
            guard let start = CommandLine.unsafeArgv[index] else { return nil }
            var bytes: [UInt8] = []
            var place = start
            while place.pointee != 0 {
                bytes.append(UInt8(bitPattern: place.pointee))
                place += 1
            }
            return text(bytes)
        }
    }

    /// How a character is written that must not reach a terminal; nil for all others.
    private static func notation(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x20, 0x7F..<0xA0: "\\x" + hexadecimal(scalar.value, digits: 2)
        case escapes: "\\x" + hexadecimal(scalar.value - base, digits: 2)
        // Ends of lines, and marks that turn the direction of what follows.
        case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: "\\u{" + hexadecimal(scalar.value, digits: 4) + "}"
        default: nil
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// The character whose UTF-8 begins at the start of `bytes`; nil where there is none.
    private static func scalar(at bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let first = bytes.first else { return nil }
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return String(validating: bytes.prefix(length), as: UTF8.self)?.unicodeScalars.first
    }
}

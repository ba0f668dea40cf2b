@testable import WeightFile

/// Headers whose text is not the JSON that the format demands.
extension HeaderAttack {
    static let syntax: [HeaderAttack] = [
        HeaderAttack("an empty header", "", byte(0, "\"{\"", nil)),
        HeaderAttack("a leading space", " {}", byte(0, "\"{\"", " ")),
        HeaderAttack("a byte order mark", "\u{FEFF}{}", byte(0, "\"{\"", "\u{EF}")),
        HeaderAttack("an array", "[]", byte(0, "\"{\"", "[")),
        HeaderAttack("no end", "{", byte(1, "string", nil)),
        HeaderAttack("a comma before the first member", "{,}", byte(1, "string", ",")),
        HeaderAttack("a trailing comma", "{\"__metadata__\":{},}", byte(19, "string", "}")),
        HeaderAttack("no comma", "{\"__metadata__\":{}\"a\":{}}", byte(18, "\",\" or \"}\"", "\"")),
        HeaderAttack("no colon", "{\"a\"{}}", byte(4, "\":\"", "{")),
        HeaderAttack("a key without quotes", "{a:{}}", byte(1, "string", "a")),
        HeaderAttack("null for a tensor", "{\"a\":null}", byte(5, "\"{\"", "n")),
        HeaderAttack("a comment", "{/**/}", byte(1, "string", "/")),
        HeaderAttack("a second object", "{}{}", byte(2, "space or end", "{")),
        HeaderAttack("newline padding", "{} \n", byte(3, "space or end", "\n")),
        HeaderAttack("NUL padding", "{}\0", byte(2, "space or end", "\0")),
        HeaderAttack("a type that is no string", "{\"a\":{\"dtype\":32}}", byte(14, "string", "3")),
        HeaderAttack("a shape that is no array", "{\"a\":{\"shape\":4}}", byte(14, "\"[\"", "4")),
        HeaderAttack("a nested shape", "{\"a\":{\"shape\":[[4]]}}", byte(15, "number", "[")),
        HeaderAttack(
            "brackets nested a hundred thousand deep",
            "{\"a\":{\"shape\":" + String(repeating: "[", count: 100_000), byte(15, "number", "[")),
        HeaderAttack(
            "braces nested a hundred thousand deep", String(repeating: "{\"a\":", count: 100_000),
            .unknownField(path: "w", name: "a", field: "a")),
        HeaderAttack("a number in the metadata", "{\"__metadata__\":{\"k\":1}}", byte(21, "string", "1")),
        HeaderAttack("an object in the metadata", "{\"__metadata__\":{\"k\":{}}}", byte(21, "string", "{")),
    ]

    static let numbers: [HeaderAttack] = [
        HeaderAttack("a negative extent", shape("[-1]"), .notANaturalNumber(path: "w", offset: 15)),
        HeaderAttack("a fraction", shape("[1.0]"), .notANaturalNumber(path: "w", offset: 15)),
        HeaderAttack("an exponent", shape("[1e3]"), .notANaturalNumber(path: "w", offset: 15)),
        HeaderAttack("a leading zero", shape("[01]"), .notANaturalNumber(path: "w", offset: 15)),
        HeaderAttack("a plus sign", shape("[+1]"), byte(15, "number", "+")),
        HeaderAttack("a number in a string", shape("[\"1\"]"), byte(15, "number", "\"")),
        HeaderAttack("2⁶³", shape("[1,9223372036854775808]"), .numberTooLarge(path: "w", offset: 17)),
        HeaderAttack(
            "forty digits", shape("[" + String(repeating: "9", count: 40) + "]"),
            .numberTooLarge(path: "w", offset: 15)),
        HeaderAttack("no number between commas", shape("[1,,2]"), byte(17, "number", ",")),
        HeaderAttack("numbers without a comma", shape("[1 2]"), byte(17, "\",\" or \"]\"", "2")),
        HeaderAttack("a number that ends the header", shape("[1"), byte(16, "\",\" or \"]\"", nil)),
    ]

    static let strings: [HeaderAttack] = [
        HeaderAttack("an unterminated string", "{\"a", byte(3, "character or end of string", nil)),
        HeaderAttack("a string that ends in a backslash", "{\"\\", byte(3, "escape", nil)),
        HeaderAttack("a raw newline", "{\"a\nb\":", byte(3, "character or end of string", "\n")),
        HeaderAttack("a raw NUL", "{\"a\0b\":", byte(3, "character or end of string", "\0")),
        HeaderAttack("an unknown escape", "{\"\\x41\":", .invalidEscape(path: "w", offset: 2)),
        HeaderAttack("a short Unicode escape", "{\"\\u12\":", .invalidEscape(path: "w", offset: 2)),
        HeaderAttack("a Unicode escape cut off", "{\"\\u12", .invalidEscape(path: "w", offset: 2)),
        HeaderAttack("half of a surrogate pair", "{\"a\\uD83D\":", .invalidEscape(path: "w", offset: 3)),
        HeaderAttack("two first halves", "{\"\\uD83D\\uD83D\":", .invalidEscape(path: "w", offset: 2)),
        HeaderAttack("a second half alone", "{\"\\uDE00\":", .invalidEscape(path: "w", offset: 2)),
        HeaderAttack("a lone continuation byte", bytes: [0x7B, 0x22, 0x80, 0x22], utf8(1)),
        HeaderAttack("an overlong slash", bytes: [0x7B, 0x22, 0x61, 0xC0, 0xAF, 0x22], utf8(1)),
        HeaderAttack("an encoded surrogate", bytes: [0x7B, 0x22, 0xED, 0xA0, 0x80, 0x22], utf8(1)),
        HeaderAttack("a sequence cut off by the quote", bytes: [0x7B, 0x22, 0xE2, 0x82, 0x22], utf8(1)),
    ]

    static let duplicates: [HeaderAttack] = [
        HeaderAttack(
            "two equal tensors",
            "{" + entry("a", shape: "[]", offsets: "[0,4]") + ","
                + entry("a", shape: "[]", offsets: "[4,8]") + "}", payload: 8,
            .duplicateKey(path: "w", offset: 53, key: "a")),
        HeaderAttack(
            "two tensors equal once their escapes are resolved",
            "{" + entry("a", shape: "[]", offsets: "[0,4]") + ","
                + entry("\\u0061", shape: "[]", offsets: "[4,8]") + "}", payload: 8,
            .duplicateKey(path: "w", offset: 53, key: "a")),
        HeaderAttack(
            "metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}",
            .duplicateKey(path: "w", offset: 19, key: "__metadata__")),
        HeaderAttack(
            "a metadata key twice", "{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}",
            .duplicateKey(path: "w", offset: 24, key: "k")),
        HeaderAttack(
            "a type twice", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F16\"}}",
            .duplicateKey(path: "w", offset: 20, key: "dtype")),
        HeaderAttack(
            "a shape twice", "{\"a\":{\"shape\":[],\"shape\":[]}}",
            .duplicateKey(path: "w", offset: 17, key: "shape")),
        HeaderAttack(
            "offsets twice", "{\"a\":{\"data_offsets\":[],\"data_offsets\":[]}}",
            .duplicateKey(path: "w", offset: 24, key: "data_offsets")),
    ]

    private static func shape(_ shape: String) -> String { "{\"a\":{\"shape\":\(shape)" }

    private static func utf8(_ offset: Int) -> WeightError { .invalidUTF8(path: "w", offset: offset) }

    private static func byte(_ offset: Int, _ expected: String, _ found: Unicode.Scalar?) -> WeightError {
        .unexpectedByte(path: "w", offset: offset, expected: expected, found: found.map { UInt8($0.value) })
    }
}

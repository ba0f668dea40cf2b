@testable import WeightFile

/// Headers that are good JSON and describe tensors that cannot be.
extension HeaderAttack {
    static let entries: [HeaderAttack] = [
        HeaderAttack("an entry without fields", "{\"a\":{}}", .missingField(path: "w", name: "a", field: "dtype")),
        HeaderAttack(
            "no shape", "{\"a\":{\"dtype\":\"F32\"}}", .missingField(path: "w", name: "a", field: "shape")),
        HeaderAttack(
            "no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}",
            .missingField(path: "w", name: "a", field: "data_offsets")),
        HeaderAttack(
            "a field of its own", "{\"a\":{\"strides\":[1]}}", .unknownField(path: "w", name: "a", field: "strides")),
        attack(
            "a brain float", entry("a", "BF16", shape: "[2]", offsets: "[0,4]"), payload: 4,
            .unsupportedType(path: "w", name: "a", type: "BF16")),
        attack(
            "a type in lower case", entry("a", "f32", shape: "[1]", offsets: "[0,4]"), payload: 4,
            .unsupportedType(path: "w", name: "a", type: "f32")),
        attack(
            "one offset", entry("a", shape: "[1]", offsets: "[0]"), payload: 4,
            .offsetCount(path: "w", name: "a", count: 1)),
        attack(
            "three offsets", entry("a", shape: "[1]", offsets: "[0,4,4]"), payload: 4,
            .offsetCount(path: "w", name: "a", count: 3)),
        attack(
            "offsets in reverse", entry("a", shape: "[1]", offsets: "[4,0]"), payload: 4,
            .offsetsReversed(path: "w", name: "a", begin: 4, end: 0)),
        attack(
            "a shape smaller than its span", entry("a", shape: "[1,2]", offsets: "[0,12]"), payload: 12,
            .spanMismatch(path: "w", name: "a", expected: 8, actual: 12)),
        attack(
            "a shape larger than its span", entry("a", "F16", shape: "[9]", offsets: "[0,16]"), payload: 16,
            .spanMismatch(path: "w", name: "a", expected: 18, actual: 16)),
        attack(
            "a product that wraps round to zero",
            entry("a", shape: "[4294967296,4294967296]", offsets: "[0,0]"),
            .shapeTooLarge(path: "w", name: "a", dimensions: [1 << 32, 1 << 32])),
        attack(
            "elements that fit and bytes that do not",
            entry("a", shape: "[4611686018427387904]", offsets: "[0,0]"),
            .shapeTooLarge(path: "w", name: "a", dimensions: [1 << 62])),
        attack(
            "an overflow hidden behind a zero",
            entry("a", shape: "[0,4294967296,4294967296]", offsets: "[0,0]"),
            .shapeTooLarge(path: "w", name: "a", dimensions: [0, 1 << 32, 1 << 32])),
    ]

    static let limits: [HeaderAttack] = [
        attack(
            "an empty name", entry("", shape: "[]", offsets: "[0,4]"), payload: 4,
            .invalidName(path: "w", name: "")),
        attack(
            "a NUL in a name", entry("a\\u0000b", shape: "[]", offsets: "[0,4]"), payload: 4,
            .invalidName(path: "w", name: "a\0b")),
        attack(
            "a terminal escape in a name", entry("\\u001b[2J", shape: "[]", offsets: "[0,4]"), payload: 4,
            .invalidName(path: "w", name: "\u{1B}[2J")),
        attack(
            "a name of 257 bytes", entry(String(repeating: "n", count: 257), shape: "[]", offsets: "[0,4]"),
            payload: 4, .nameTooLong(path: "w", byteCount: 257, limit: 256)),
        attack(
            "nine dimensions", entry("a", shape: "[1,1,1,1,1,1,1,1,1]", offsets: "[0,4]"), payload: 4,
            .rankTooLarge(path: "w", name: "a", rank: 9, limit: 8)),
        attack(
            "4,097 tensors",
            (0...4_096).map { entry("t\($0)", shape: "[0]", offsets: "[0,0]") }.joined(separator: ","),
            .tooManyTensors(path: "w", limit: 4_096)),
    ]

    static let layouts: [HeaderAttack] = [
        attack(
            "a hole at the beginning", entry("a", shape: "[1]", offsets: "[4,8]"), payload: 8,
            .hole(path: "w", name: "a", expectedBegin: 0, actualBegin: 4)),
        attack(
            "a hole between tensors",
            entry("b", shape: "[1]", offsets: "[8,12]") + "," + entry("a", shape: "[1]", offsets: "[0,4]"),
            payload: 12, .hole(path: "w", name: "b", expectedBegin: 4, actualBegin: 8)),
        attack(
            "an overlap by one byte",
            entry("a", shape: "[1]", offsets: "[0,4]") + "," + entry("b", shape: "[1]", offsets: "[3,7]"),
            payload: 7, .overlap(path: "w", name: "b", expectedBegin: 4, actualBegin: 3)),
        attack(
            "two tensors in one place",
            entry("b", shape: "[1]", offsets: "[0,4]") + "," + entry("a", shape: "[1]", offsets: "[0,4]"),
            payload: 4, .overlap(path: "w", name: "b", expectedBegin: 4, actualBegin: 0)),
        attack(
            "an empty tensor inside of another",
            entry("a", shape: "[2]", offsets: "[0,8]") + "," + entry("b", shape: "[0]", offsets: "[4,4]"),
            payload: 8, .overlap(path: "w", name: "b", expectedBegin: 8, actualBegin: 4)),
        attack(
            "a tensor beyond the end", entry("a", shape: "[2]", offsets: "[0,8]"), payload: 7,
            .payloadTooShort(path: "w", expected: 8, actual: 7)),
        attack(
            "offsets at the end of what an integer holds",
            entry("a", shape: "[1]", offsets: "[9223372036854775803,9223372036854775807]"), payload: 4,
            .hole(path: "w", name: "a", expectedBegin: 0, actualBegin: 9_223_372_036_854_775_803)),
        attack(
            "bytes behind the last tensor", entry("a", shape: "[1]", offsets: "[0,4]"), payload: 5,
            .trailingBytes(path: "w", expected: 4, actual: 5)),
        HeaderAttack("bytes and no tensor", "{}", payload: 1, .trailingBytes(path: "w", expected: 0, actual: 1)),
    ]

    private static func attack(
        _ description: String, _ entries: String, payload: Int = 0, _ error: WeightError
    ) -> HeaderAttack {
        HeaderAttack(description, "{" + entries + "}", payload: payload, error)
    }
}

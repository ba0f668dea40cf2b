/// Numbers and short texts at places in foreign bytes; nil wherever one would reach beyond the end.
struct ByteFields {
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    private init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var count: Int { bytes.count }

    /// A part, whose places count from its own beginning.
    func part(_ range: Range<Int>) -> ByteFields? {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        return ByteFields(bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)])
    }

    /// The whole number in `length` bytes, the least significant first.
    ///
    /// - Precondition: `length` is at most 7.
    func little(_ length: Int, at offset: Int) -> Int? {
        field(length, at: offset)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// The whole number in `length` bytes, the most significant first.
    ///
    /// - Precondition: `length` is at most 7.
    func big(_ length: Int, at offset: Int) -> Int? {
        field(length, at: offset)?.reduce(0) { $0 << 8 | Int($1) }
    }

    func text(_ length: Int, at offset: Int) -> String? {
        field(length, at: offset).map { String(decoding: $0, as: UTF8.self) }
    }

    private func field(_ length: Int, at offset: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, offset <= bytes.count, length <= bytes.count - offset else { return nil }
        return bytes[(bytes.startIndex + offset)..<(bytes.startIndex + offset + length)]
    }
}

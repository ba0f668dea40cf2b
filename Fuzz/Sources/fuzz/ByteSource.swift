/// Takes numbers from the front of an input; zeros once it is used up.
struct ByteSource {
    private var bytes: ArraySlice<UInt8>

    init(_ input: [UInt8]) { bytes = input[...] }

    /// What has not been taken yet.
    var rest: [UInt8] { Array(bytes) }

    mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

    /// A number in `range`.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + (Int(byte()) << 8 | Int(byte())) % range.count
    }

    /// Four bytes as they are: any value at all, NaN and infinities included.
    mutating func float() -> Float {
        Float(bitPattern: UInt32(byte()) | UInt32(byte()) << 8 | UInt32(byte()) << 16 | UInt32(byte()) << 24)
    }

    /// Whole numbers mostly, since structure is made of them, and any float now and then.
    mutating func structuralFloat() -> Float {
        let kind = byte()
        return kind < 250 ? Float(Int(Int8(bitPattern: byte()))) : float()
    }

    /// Up to 31 characters.
    mutating func text() -> String {
        let count = Int(byte() & 31)
        return String(decoding: (0..<count).map { _ in byte() }, as: UTF8.self)
    }
}

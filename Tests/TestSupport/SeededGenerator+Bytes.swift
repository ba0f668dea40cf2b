extension SeededGenerator {
    /// The top byte of each of the next `count` numbers.
    public mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(next() >> 56) } }
}

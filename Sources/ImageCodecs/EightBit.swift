/// Products of numbers that stand for 0…1 as 0…255.
enum EightBit {
    /// a·b / 255 rounded to nearest, without a division.
    ///
    /// - Precondition: both are at most 255.
    /// - Source: J. Blinn, "Three Wrongs Make a Right", IEEE CG&A 15(6), 1995.
    @inline(__always)
    static func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let sum = a &* b &+ 128
        return (sum &+ sum >> 8) >> 8
    }
}

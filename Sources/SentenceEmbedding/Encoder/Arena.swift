/// One block of memory for all buffers of a pass, laid out once.
struct Arena {
    /// A buffer's place in the block.
    struct Buffer {
        fileprivate let offset: Int
    }

    private(set) var count = 0

    /// Reserves `count` floats beginning on a cache line.
    mutating func reserve(_ count: Int) -> Buffer {
        let buffer = Buffer(offset: self.count)
        self.count += (count + 15) & ~15
        return buffer
    }

    static func address(of buffer: Buffer, in base: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
        base + buffer.offset
    }
}

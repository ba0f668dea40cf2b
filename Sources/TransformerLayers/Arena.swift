/// One block of memory for all buffers of a pass, laid out once.
package struct Arena {
    /// A buffer's place in the block.
    package struct Buffer {
        fileprivate let offset: Int
    }

    /// Floats so far.
    package private(set) var count = 0

    package init() {}

    /// Reserves `count` floats beginning on a cache line.
    package mutating func reserve(_ count: Int) -> Buffer {
        let buffer = Buffer(offset: self.count)
        self.count += (count + 15) & ~15
        return buffer
    }

    package static func address(of buffer: Buffer, in base: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float>
    {
        base + buffer.offset
    }
}

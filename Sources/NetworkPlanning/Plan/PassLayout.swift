/// The buffers of a forward pass, as its steps reserve them while a network is planned.
///
/// Steps that do not overlap in time share a buffer, which then is as large as the largest of them asks for. Every buffer
/// begins on a cache line and is full of zeros until something is written to it.
package struct PassLayout: Sendable {
    /// A buffer's place in the layout; where it lies in memory a ``PassMemory`` says.
    package struct Buffer: Hashable, Sendable {
        @usableFromInline let index: Int

        @usableFromInline init(index: Int) { self.index = index }
    }

    private var counts: [Int] = []
    private var isPerThread: [Bool] = []

    package init() {}

    /// A buffer of `count` floats for all threads.
    package mutating func reserve(_ count: Int = 0) -> Buffer { reserve(count, perThread: false) }

    /// A buffer of `count` floats for each thread, which sees its own under this name.
    package mutating func reserveForEachThread(_ count: Int = 0) -> Buffer { reserve(count, perThread: true) }

    /// Makes room for `count` floats at least.
    package mutating func grow(_ buffer: Buffer, to count: Int) {
        counts[buffer.index] = max(counts[buffer.index], count)
    }

    private mutating func reserve(_ count: Int, perThread: Bool) -> Buffer {
        counts.append(count)
        isPerThread.append(perThread)
        return Buffer(index: counts.count - 1)
    }

    /// Where the buffers begin in one block of floats, for so many threads, and how many floats that is.
    func places(threads: Int) -> (places: [PassMemory.Place], count: Int) {
        var (places, next) = ([PassMemory.Place](), 0)
        for (count, isPerThread) in zip(counts, isPerThread) {
            let length = (count + 15) & ~15
            places.append(PassMemory.Place(offset: next, stride: isPerThread ? length : 0))
            next += isPerThread ? threads * length : length
        }
        return (places, next)
    }
}

/// The memory of one forward pass, as one of its threads sees it.
package struct PassMemory {
    package typealias Buffer = PassLayout.Buffer

    @usableFromInline struct Place: Sendable {
        @usableFromInline let offset: Int
        /// Floats from one thread's buffer to the next; 0 for one that all share.
        @usableFromInline let stride: Int

        init(offset: Int, stride: Int) { (self.offset, self.stride) = (offset, stride) }
    }

    @usableFromInline let base: UnsafeMutablePointer<Float>
    @usableFromInline let places: UnsafePointer<Place>
    @usableFromInline let thread: Int
    /// What the pass was given to compute on.
    package let input: UnsafePointer<Float>

    init(
        base: UnsafeMutablePointer<Float>, places: UnsafePointer<Place>, thread: Int, input: UnsafePointer<Float>
    ) {
        self.base = base
        self.places = places
        self.thread = thread
        self.input = input
    }

    /// Where the buffer lies, this thread's own where each has one.
    @inlinable
    package func address(_ buffer: Buffer) -> UnsafeMutablePointer<Float> {
        let place = places[buffer.index]
        return base + place.offset + thread * place.stride
    }

    /// The buffer as room for pointers to rows of input, two floats each.
    @inlinable
    package func rowTable(_ buffer: Buffer) -> UnsafeMutablePointer<UnsafePointer<Float>> {
        UnsafeMutableRawPointer(address(buffer)).assumingMemoryBound(to: UnsafePointer<Float>.self)
    }
}

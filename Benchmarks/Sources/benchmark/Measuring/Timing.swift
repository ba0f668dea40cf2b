#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How long one run of some work took.
struct Timing {
    /// Seconds on the clock.
    let wall: Double
    /// Seconds of processor time of all threads, spinning included.
    ///
    /// On one thread this is what the clock would say on a machine with nothing else to do. Nil where only the clock was
    /// read.
    let processor: Double?

    /// Times `work` done `repeats` times in a row, and divides by that.
    init(repeats: Int = 1, of work: () -> Void) {
        let used = clock()
        let elapsed = ContinuousClock().measure {
            for _ in 0..<repeats { work() }
        }
        wall = elapsed / .seconds(1) / Double(repeats)
        processor = Double(clock() - used) / Double(CLOCKS_PER_SEC) / Double(repeats)
    }

    init(wall: Double) {
        self.wall = wall
        processor = nil
    }

    private init(wall: Double, processor: Double?) {
        self.wall = wall
        self.processor = processor
    }

    /// Without processor time where one of them has none.
    static func + (first: Timing, second: Timing) -> Timing {
        let processor = first.processor.flatMap { first in second.processor.map { first + $0 } }
        return Timing(wall: first.wall + second.wall, processor: processor)
    }
}

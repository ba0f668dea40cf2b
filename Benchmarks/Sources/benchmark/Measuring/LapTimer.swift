#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Times what happens between one call and the next.
struct LapTimer {
    private var last = ContinuousClock.now
    private var used = clock()

    /// What passed since the last call, or since the timer was made.
    mutating func lap() -> Timing {
        let (now, nowUsed) = (ContinuousClock.now, clock())
        defer { (last, used) = (now, nowUsed) }
        return Timing(
            wall: (now - last) / .seconds(1), processor: Double(nowUsed - used) / Double(CLOCKS_PER_SEC))
    }
}

/// Times what happens between one call and the next, on the clock alone.
///
/// Asking for the processor time of all threads would take longer than some of what is timed here, and send the other
/// threads to sleep meanwhile.
struct LapTimer {
    private var last = ContinuousClock.now

    /// What passed since the last call, or since the timer was made, without processor time.
    mutating func lap() -> Timing {
        let now = ContinuousClock.now
        defer { last = now }
        return Timing(wall: (now - last) / .seconds(1))
    }
}

/// Clocks for an analyzer: anything that gives the seconds since the session began.
public enum SessionClock {
    /// Starts now and runs on through changes of the system's time.
    public static func started() -> @Sendable () -> Double {
        let start = ContinuousClock.now
        return { (ContinuousClock.now - start) / .seconds(1) }
    }
}

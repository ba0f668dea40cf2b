/// Times a piece of work often enough to say how long it takes and how much that varies.
struct Stopwatch {
    /// Work is repeated until this many seconds have been measured, within the two bounds below.
    var budget: Double
    var fewest = 5
    var most = 400

    /// Shorter work is done several times in a row, so that reading the clocks costs next to nothing.
    private static let shortest = 200e-6

    static let thorough = Stopwatch(budget: 0.6)
    static let quick = Stopwatch(budget: 0.06, fewest: 3)

    /// Timings of `work`, after one that does not count.
    func timings(_ work: () -> Void) -> [Timing] {
        let repeats = max(Int(Self.shortest / max(Timing(of: work).wall, 1e-9)), 1)
        var timings: [Timing] = []
        var total = 0.0
        while timings.count < fewest || (total < budget && timings.count < most) {
            let timing = Timing(repeats: repeats, of: work)
            total += timing.wall * Double(repeats)
            timings.append(timing)
        }
        return timings
    }
}

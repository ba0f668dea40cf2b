/// Order statistics of repeated timings, in seconds.
struct Quantiles {
    private let sorted: [Double]

    /// - Precondition: at least one timing.
    init(_ seconds: [Double]) {
        precondition(!seconds.isEmpty, "no timings to summarise")
        sorted = seconds.sorted()
    }

    var minimum: Double { self[0] }
    var median: Double { self[0.5] }

    /// The value below which `share` (0…1) of the timings lie, interpolated between neighbours.
    subscript(share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
    }
}

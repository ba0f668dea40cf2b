/// Sums over a series, all by the population's formulas as numpy's `mean`, `var` and `median` compute them.
enum Statistics {
    /// 0 for no values.
    static func mean(_ values: some Collection<Double>) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// Σ(x − mean)² / n; 0 for no values.
    static func variance(_ values: some Collection<Double>) -> Double {
        let mean = mean(values)
        return values.isEmpty ? 0 : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }

    /// The middle value, or the mean of the two in the middle; 0 for no values.
    static func median(_ values: some Collection<Double>) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// The value below or at which a share of the values lies, between neighbours linearly as numpy's `quantile`; 0 for no
    /// values.
    static func quantile(_ values: some Collection<Double>, _ share: Double) -> Double {
        let sorted = values.sorted()
        guard let last = sorted.last else { return 0 }
        let position = share * Double(sorted.count - 1)
        let index = Int(position)
        guard index + 1 < sorted.count else { return last }
        return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
    }
}

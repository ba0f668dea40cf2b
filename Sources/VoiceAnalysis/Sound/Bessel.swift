/// What the Kaiser windows are made of.
enum Bessel {
    /// The modified Bessel function of the first kind and order 0, by its power series.
    static func i0(_ value: Double) -> Double {
        var (term, sum, index) = (1.0, 1.0, 1.0)
        while term > sum * 1e-17 {
            term *= value * value / (4 * index * index)
            sum += term
            index += 1
        }
        return sum
    }
}

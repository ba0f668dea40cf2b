/// A panel's weights times a scale for each row, an input channel: what a compiled kernel is specialised to.
///
/// Squeeze-and-excitation multiplies activations by a gate for each channel. Where there are more pixels than output
/// channels, the weights of the projection are scaled instead, anew for each picture. For ``PairedProducts`` the kernel also
/// writes each column's sum of w₀w₁ over the pairs of scaled weights.
struct WeightScaling: Hashable, Sendable {
    /// Rows of weights, `[rows, width]`.
    let rows: Int
    /// The first of them among all of the panel's.
    let firstRow: Int
    /// The registers that make up the panel's width.
    let vectors: [VectorRegister.Width]
    /// Which rows are pairs; nil where all products are plain.
    let pairing: PairedProducts?

    /// - Precondition: no pair is cut apart.
    init(rows: Range<Int>, vectors: [VectorRegister.Width], pairing: PairedProducts? = nil) {
        precondition(
            pairing == nil || rows.lowerBound % 2 == 0 && rows.upperBound % 2 == 0, "\(rows) cut a pair apart")
        self.rows = rows.count
        // Of the place in the panel only the one in the pattern matters, so that more kernels are the same.
        firstRow = pairing.map { rows.lowerBound % $0.period } ?? 0
        self.vectors = vectors
        self.pairing = pairing
    }

    var width: Int { vectors.floats }

    /// What a kernel is called with; the layout is part of the machine code.
    struct Arguments {
        var weights: UnsafePointer<Float>
        var target: UnsafeMutablePointer<Float>
        var scales: UnsafePointer<Float>
        var sums: UnsafeMutablePointer<Float>

        /// - Parameters:
        ///   - weights: the first of the rows.
        ///   - target: likewise in what is written.
        ///   - scales: one for each of the rows.
        ///   - sums: room for `width` floats, which a kernel without pairs leaves as they are.
        init(
            weights: UnsafePointer<Float>, target: UnsafeMutablePointer<Float>, scales: UnsafePointer<Float>,
            sums: UnsafeMutablePointer<Float>
        ) {
            self.weights = weights
            self.target = target
            self.scales = scales
            self.sums = sums
        }
    }
}

/// Computes a ``MatrixProduct``: made once, when a network is planned, and then run for every picture.
///
/// Nothing of it changes afterwards, so that any number of threads may run it at once.
package protocol MatrixKernel: AnyObject, Sendable {
    var form: MatrixForm { get }
    /// Output channels of all slices.
    var columns: Int { get }
    var slices: [MatrixSlice] { get }
    /// Runs of input channels whose weights ``scaleWeights(_:by:into:pairSums:)`` scales at a time.
    var scaledRows: [Range<Int>] { get }
    /// The packed weights, in an order of the backend's own.
    var weights: Tensor { get }

    /// Computes one slice of the outputs of some consecutive rows.
    ///
    /// - Complexity: O(rows · depth · slice); allocates nothing.
    func run(_ operands: MatrixOperands)

    /// Floats of scratch that a run of `rows` rows needs.
    func scratchCount(rows: Int) -> Int

    /// Writes the weights of some input channels, a row of weights each, times that channel's scale.
    ///
    /// - Parameters:
    ///   - index: which of ``scaledRows``.
    ///   - scales: one for each of all `depth` input channels.
    ///   - target: room for as many floats as ``weights`` has; the same order.
    ///   - pairSums: room for ``columns`` floats: each column's sum over the pairs among these rows, where ``isPaired``.
    /// - Complexity: O(rows · columns); allocates nothing.
    func scaleWeights(
        _ index: Int, by scales: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        pairSums: UnsafeMutablePointer<Float>)

    /// Whether the kernel multiplies some steps of the depth in pairs, for which it needs sums of its own over the pairs of
    /// each row of activations. A backend that never pairs leaves this and the two functions below as they are.
    var isPaired: Bool { get }

    /// Writes the sum of x₀x₁ over the pairs of each of `rows` consecutive rows; nothing where products are not paired.
    ///
    /// - Parameters:
    ///   - input: the first row of activations, as for a run.
    ///   - sums: room for `rows` floats.
    /// - Complexity: O(rows · depth), once for all columns.
    func sumPairs(rows: Int, input: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>)

    /// Writes the biases that belong to scaled weights of a paired product.
    ///
    /// - Parameters:
    ///   - sums: `[count, columns]`, each row as ``scaleWeights(_:by:into:pairSums:)`` left it for some input channels.
    ///   - target: room for two floats a column.
    func writeScaledParameters(
        _ sums: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>)
}

extension MatrixKernel {
    package var isPaired: Bool { false }
    package func sumPairs(rows: Int, input: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>) {}
    package func writeScaledParameters(
        _ sums: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
    ) {}
}

/// Where a run of a ``MatrixKernel`` reads and writes.
package struct MatrixOperands {
    /// Which of the kernel's slices is computed.
    package var slice: Int
    /// One of the row counts that the product was planned for.
    package var rows: Int
    /// The first row of activations.
    package var input: UnsafePointer<Float>
    /// The slice's first channel in the first row of outputs.
    package var output: UnsafeMutablePointer<Float>
    /// Likewise in what is added, where the form adds something; may be ``output``.
    package var residual: UnsafePointer<Float>?
    /// Floats from one run of a row of activations to the next, for convolutions.
    package var segmentStride: Int
    /// One for each row, as ``MatrixKernel/sumPairs(rows:input:into:)`` writes them; needed where the kernel is paired.
    package var pairSums: UnsafePointer<Float>?
    /// Other weights in the kernel's own order, for layers whose weights are scaled for each picture.
    package var scaledWeights: UnsafePointer<Float>?
    /// The biases that go with them, where the kernel is paired.
    package var scaledParameters: UnsafePointer<Float>?
    /// As many floats as ``MatrixKernel/scratchCount(rows:)`` says; any place where that is none.
    package var scratch: UnsafeMutablePointer<Float>

    /// A run without residual, pairs and scaled weights, which the caller adds.
    package init(
        slice: Int = 0, rows: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        segmentStride: Int = 0, scratch: UnsafeMutablePointer<Float>? = nil
    ) {
        self.slice = slice
        self.rows = rows
        self.input = input
        self.output = output
        self.segmentStride = segmentStride
        self.scratch = scratch ?? output
    }
}

/// A run of a slice's output channels that the portable path multiplies in calls of its own.
struct LibraryPanel: Sendable {
    /// Among all output channels of the layer.
    let columns: Range<Int>
    /// Rows a call at most.
    let rows: Int

    /// Outputs of a call at most, so that they are still in the first-level cache when bias and activation are applied.
    private static let largestBlock = 6_144

    /// Channels of a panel that is multiplied directly, at most: four registers of 16 floats.
    private static let widest = 64

    /// Rows that OpenBLAS's direct kernels compute at once; a call should have twice as many at least.
    private static let directRows = 6

    /// The panels of a slice.
    ///
    /// Where the library can multiply operands as they lie, calls are small enough that it does. Elsewhere it copies both
    /// operands at each call, and a slice is one panel of all rows.
    ///
    /// - Parameter direct: multiplications up to which the library packs nothing; nil where it always does.
    static func panels(
        of slice: Range<Int>, depth: Int, direct: Int? = MatrixMultiply.largestDirectProduct
    ) -> [LibraryPanel] {
        // Of few channels for many threads some get none.
        guard !slice.isEmpty else { return [] }
        guard let direct else {
            return [LibraryPanel(columns: slice, rows: .max)]
        }
        let widest = min(max(direct / (2 * directRows * depth) & ~15, 16), widest)
        let count = (slice.count + widest - 1) / widest
        let (vectors, longer) = ((slice.count + 15) / 16).quotientAndRemainder(dividingBy: count)
        return (0..<count).map { index in
            let column = 16 * (index * vectors + min(index, longer))
            let width = min(16 * (vectors + (index < longer ? 1 : 0)), slice.count - column)
            let rows = min(direct / (width * depth), largestBlock / width) / directRows * directRows
            let first = slice.lowerBound + column
            return LibraryPanel(columns: first..<(first + width), rows: max(rows, 1))
        }
    }
}

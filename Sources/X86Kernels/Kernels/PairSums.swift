/// The part of ``PairedProducts`` that belongs to rows of activations: what a made kernel is specialised to.
///
/// The kernel writes, for each of some rows, the sum of x₀x₁ over the pairs of its `depth` floats, paired as the instruction
/// set does.
package struct PairSums: Hashable, Sendable {
    /// Floats of a row, a multiple of 8.
    package var depth: Int
    /// Floats from one row to the next.
    package var inputStride: Int

    /// Rows that are computed at a time.
    package static let rows = 8

    package init(depth: Int, inputStride: Int) {
        precondition(depth > 0 && depth % 8 == 0, "a depth of \(depth) is not whole vectors")
        self.depth = depth
        self.inputStride = inputStride
    }

    /// What a kernel is called with; the layout is part of the machine code.
    package struct Arguments {
        var input: UnsafePointer<Float>
        var output: UnsafeMutablePointer<Float>
        var constants: UnsafeRawPointer
        /// How many times eight rows.
        var groups: Int

        package init(
            input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, groups: Int,
            constants: borrowing ConstantPool
        ) {
            self.input = input
            self.output = output
            self.constants = constants.base()
            self.groups = groups
        }
    }
}

internal import KernelCompiler

/// Output channels cut into slices, and slices into panels as wide as a register tile.
extension MatrixProduct {
    /// A run of output channels that is computed, and stored with a stride, on its own.
    package struct Slice: Sendable {
        package let columns: Range<Int>
        /// Floats from one row of outputs, or of residuals, to the next.
        package let outputStride: Int
        let panels: [Panel]
        /// What takes the place of panels on the portable path.
        var libraryPanels: [LibraryPanel] = []
    }

    struct Panel: Sendable {
        let vectors: [VectorRegister.Width]
        /// First output channel, counted from the beginning of the slice.
        let column: Int
        /// Where the panel's weights and biases begin among those of the whole layer.
        let weights: Int
        let parameters: Int
        /// The kernel for each height of tile that occurs; nil for the others.
        let kernels: [KernelBatch.Handle?]
        let largestRows: Int
        /// Weights and biases are 2 to this power times what they should be; see ``PairedProducts``.
        let exponent: Int

        var width: Int { vectors.reduce(0) { $0 + $1.floats } }
    }

    /// Vectors a panel at most: three share each broadcast activation and leave nine rows of accumulators. Pairs on sixteen
    /// registers have room for two.
    private static func widestPanel(_ set: InstructionSet, isPaired: Bool) -> Int {
        isPaired && set.encoding == .vex ? 2 : 3
    }

    /// The widths of the panels that `columns` channels are cut into, evened out.
    static func panels(of columns: Int, _ set: InstructionSet?, isPaired: Bool) -> [[VectorRegister.Width]] {
        let set = set ?? .avx2
        let (wide, widestPanel) = (set.widest, widestPanel(set, isPaired: isPaired))
        var vectors = [VectorRegister.Width](repeating: wide, count: columns / wide.floats)
        if columns % wide.floats != 0 { vectors.append(.ymm) }
        let count = (vectors.count + widestPanel - 1) / widestPanel
        return (0..<count).map { Array(vectors[($0 * vectors.count / count)..<(($0 + 1) * vectors.count / count)]) }
    }

    static func makePanel(
        _ form: Form, vectors: [VectorRegister.Width], column: Int, outputStride: Int, rowCounts: Set<Int>,
        largestTile: Int, pairing: PairedProducts?, packed: PanelPacker.Packed, batch: inout KernelBatch?
    ) -> Panel {
        let largest = min(
            MatrixTile.largestRows(vectors: vectors.count, isPaired: pairing != nil, batch?.instructionSet ?? .avx2),
            largestTile)
        var kernels = [KernelBatch.Handle?](repeating: nil, count: largest + 1)
        for count in rowCounts where count > 0 {
            let split = RowSplit(rows: count, largest: largest)
            for rows in [split.tall, split.shortTiles > 0 ? split.tall - 1 : 0] where rows > 0 && kernels[rows] == nil {
                kernels[rows] = batch?.make(
                    MatrixTile(
                        rows: rows, vectors: vectors, segmentLength: form.segmentLength, segments: form.segments,
                        inputStride: form.inputStride, outputStride: outputStride,
                        activation: form.activation, addsResidual: form.addsResidual, pairing: pairing))
            }
        }
        return Panel(
            vectors: vectors, column: column, weights: packed.weights, parameters: packed.parameters, kernels: kernels,
            largestRows: largest, exponent: packed.exponent)
    }
}

internal import X86Kernels

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

    /// Numbers alone: a kernel that ends after microseconds should not wait for counts of references, which threads share.
    struct Panel: Sendable {
        /// First output channel, counted from the beginning of the slice.
        let column: Int
        let width: Int
        /// Where the panel's weights and biases begin among those of the whole layer.
        let weights: Int
        let parameters: Int
        /// Where the kernels for tiles of 1, 2, … ``largestRows`` rows begin among ``MatrixProduct/handles``, and behind them those
        /// that scale the weights of each of ``MatrixProduct/scaledRows``.
        let firstHandle: Int
        let largestRows: Int
        /// Weights and biases are 2 to this power times what they should be; see ``PairedProducts``.
        let exponent: Int
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

    /// - Parameter handles: where the panel's are appended.
    static func makePanel(
        _ form: Form, vectors: [VectorRegister.Width], column: Int, outputStride: Int, rowCounts: Set<Int>,
        largestTile: Int, scaledRows: [Range<Int>], pairing: PairedProducts?, packed: PanelPacker.Packed,
        handles: inout [KernelBatch.Handle?], batch: inout KernelBatch?
    ) -> Panel {
        let largest = min(
            MatrixTile.largestRows(vectors: vectors.count, isPaired: pairing != nil, batch?.instructionSet ?? .avx2),
            largestTile)
        let firstHandle = handles.count
        handles.append(contentsOf: repeatElement(nil, count: largest))
        let splits = rowCounts.filter { $0 > 0 }.map { RowSplit(rows: $0, largest: largest) }
        // With AVX-512 nobody has measured yet what asking ahead brings.
        let asksAhead = batch?.instructionSet.encoding == .vex
        let sharers = asksAhead ? splits.map { $0.tallTiles + $0.shortTiles }.min() ?? 0 : 0
        for split in splits {
            for tiles in [split.tallOnes, split.shortOnes]
            where tiles.count > 0 && handles[firstHandle + tiles.height - 1] == nil {
                var tile = MatrixTile(
                    rows: tiles.height, vectors: vectors, segmentLength: form.segmentLength, segments: form.segments,
                    inputStride: form.inputStride, outputStride: outputStride, activation: form.activation,
                    addsResidual: form.addsResidual, pairing: pairing, weightsAreHalves: packed.areHalves)
                tile.prefetchWeights(during: sharers)
                handles[firstHandle + tiles.height - 1] = batch?.make(tile)
            }
        }
        for rows in scaledRows {
            handles.append(batch?.make(WeightScaling(rows: rows, vectors: vectors, pairing: pairing)))
        }
        return Panel(
            column: column, width: vectors.floats, weights: packed.weights,
            parameters: packed.parameters, firstHandle: firstHandle, largestRows: largest, exponent: packed.exponent)
    }
}

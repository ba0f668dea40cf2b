package import KernelCompiler

/// A layer that multiplies rows of activations by weights, planned: weights packed once, kernels made for the row counts
/// that will occur, bias, activation and residual applied while the outputs are in registers.
///
/// Output channels are cut into slices, the units of parallel work, and a slice into panels as wide as a register tile.
/// Channel counts are multiples of 8; networks with others pad them with zeros when they are planned.
package final class MatrixProduct: Sendable {
    /// How the rows of activations lie and what happens to each output.
    package struct Form: Sendable {
        /// Floats in each contiguous run of a row of activations.
        package var segmentLength: Int
        /// Runs a row, one for each kernel row of a convolution.
        package var segments = 1
        /// Floats from one row of activations to the next.
        package var inputStride: Int
        package var activation: MadeActivation = .identity
        package var addsResidual = false
        /// Whether whoever runs the product also hands in its rows' pair sums, which the plan may then make use of.
        package var providesPairSums = false

        package init(segmentLength: Int, inputStride: Int) {
            self.segmentLength = segmentLength
            self.inputStride = inputStride
        }

        package var depth: Int { segments * segmentLength }
    }

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

    package let form: Form
    package let columns: Int
    package let slices: [Slice]
    /// What sums the pairs of rows; nil where products are not paired.
    let pairSums: KernelBatch.Handle?
    /// Panel after panel `[depth, width]`.
    package let weights: Tensor
    /// `[columns]`, as they were given.
    let biases: Tensor
    /// Panel after panel `[biases, slopes]`; where products are paired, biases less the columns' pair sums.
    let parameters: Tensor

    /// - Parameters:
    ///   - weight: `[depth, columns]`.
    ///   - bias: `[columns]`.
    ///   - slope: `[columns]` for PReLU.
    ///   - slices: consecutive runs of output channels, each a multiple of 8, with their output strides.
    ///   - rowCounts: every number of rows that a run will be asked for.
    ///   - largestTile: rows of a tile at most; with all row counts up to it planned, any number of rows may be asked for.
    ///   - batch: where kernels are made; nil plans the portable path.
    package init(
        _ form: Form, weight: any WeightMatrix, bias: Tensor, slope: Tensor? = nil,
        slices: [(columns: Range<Int>, outputStride: Int)], rowCounts: Set<Int>, largestTile: Int = .max,
        batch: inout KernelBatch?
    ) {
        precondition(weight.depth == form.depth, "\(form.depth) rows expected, found \(weight.depth)")
        let columns = weight.columns
        precondition(bias.shape.count == columns, "\(bias.shape.count) biases for \(columns) columns")
        precondition(columns % 8 == 0, "\(columns) columns are not a multiple of 8")
        precondition(
            !form.addsResidual || form.activation == .identity, "an activation before a residual has no portable path")
        self.form = form
        self.columns = columns
        pairSums = Self.makePairSums(form, &batch)
        let isPaired = pairSums != nil
        biases = bias
        let slopes = slope ?? Tensor(zeros: [columns])
        var packer = PanelPacker(
            weight: weight, bias: bias, slopes: slopes, isPaired: isPaired,
            balances: isPaired && form.activation == .siLU)
        guard batch != nil else {
            self.slices = slices.map { slice in
                let panels = LibraryPanel.panels(of: slice.columns, depth: form.depth)
                for panel in panels { _ = packer.pack(panel.columns) }
                return Slice(
                    columns: slice.columns, outputStride: slice.outputStride, panels: [], libraryPanels: panels)
            }
            weights = packer.weights
            parameters = packer.parameters
            return
        }
        self.slices = slices.map { slice in
            var column = 0
            let panels = Self.panels(of: slice.columns.count, batch?.instructionSet).map { vectors in
                let width = vectors.reduce(0) { $0 + $1.floats }
                let first = slice.columns.lowerBound + column
                defer { column += width }
                return Self.makePanel(
                    form, vectors: vectors, column: column, outputStride: slice.outputStride, rowCounts: rowCounts,
                    largestTile: largestTile, isPaired: isPaired, packed: packer.pack(first..<(first + width)),
                    batch: &batch)
            }
            return Slice(columns: slice.columns, outputStride: slice.outputStride, panels: panels)
        }
        weights = packer.weights
        parameters = packer.parameters
    }

    /// Vectors a panel at most: three share each broadcast activation and leave nine rows of accumulators.
    private static let widestPanel = 3

    /// The widths of the panels that `columns` channels are cut into, evened out.
    private static func panels(of columns: Int, _ set: InstructionSet?) -> [[VectorRegister.Width]] {
        let wide = (set ?? .avx2).widest
        var vectors = [VectorRegister.Width](repeating: wide, count: columns / wide.floats)
        if columns % wide.floats != 0 { vectors.append(.ymm) }
        let count = (vectors.count + widestPanel - 1) / widestPanel
        return (0..<count).map { Array(vectors[($0 * vectors.count / count)..<(($0 + 1) * vectors.count / count)]) }
    }

    private static func makePanel(
        _ form: Form, vectors: [VectorRegister.Width], column: Int, outputStride: Int, rowCounts: Set<Int>,
        largestTile: Int, isPaired: Bool, packed: PanelPacker.Packed, batch: inout KernelBatch?
    ) -> Panel {
        let largest = min(
            MatrixTile.largestRows(vectors: vectors.count, isPaired: isPaired, batch?.instructionSet ?? .avx2),
            largestTile)
        var kernels = [KernelBatch.Handle?](repeating: nil, count: largest + 1)
        for count in rowCounts where count > 0 {
            let split = RowSplit(rows: count, largest: largest)
            for rows in [split.tall, split.shortTiles > 0 ? split.tall - 1 : 0] where rows > 0 && kernels[rows] == nil {
                kernels[rows] = batch?.make(
                    MatrixTile(
                        rows: rows, vectors: vectors, segmentLength: form.segmentLength, segments: form.segments,
                        inputStride: form.inputStride, outputStride: outputStride,
                        activation: form.activation, addsResidual: form.addsResidual, isPaired: isPaired))
            }
        }
        return Panel(
            vectors: vectors, column: column, weights: packed.weights, parameters: packed.parameters, kernels: kernels,
            largestRows: largest, exponent: packed.exponent)
    }
}

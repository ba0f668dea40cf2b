package import X86Kernels

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
        /// Before the activation.
        package var addsResidual = false
        /// Whether whoever runs the product also hands in its rows' pair sums, which the plan may then make use of.
        package var providesPairSums = false
        /// Whether weights that are halves stay halves in memory, which made kernels then expand: worth while for single rows.
        package var keepsHalves = false

        package init(segmentLength: Int, inputStride: Int) {
            self.segmentLength = segmentLength
            self.inputStride = inputStride
        }

        package var depth: Int { segments * segmentLength }
    }

    package let form: Form
    package let columns: Int
    package let slices: [Slice]
    /// Runs of input channels whose weights ``scaleWeights(_:part:by:into:pairs:)`` scales at a time.
    package let scaledRows: [Range<Int>]
    /// The made kernels of every panel, nil for heights of tiles that do not occur; see ``Panel/firstHandle``.
    let handles: [KernelBatch.Handle?]
    /// Whether the portable path writes biases where outputs will be before it adds the product to them, instead of adding
    /// them later.
    let beginsWithBiases: Bool
    /// What sums the pairs of rows; nil where products are not paired.
    let pairSums: KernelBatch.Handle?
    /// Which steps are paired, where ``pairSums`` is not nil.
    let pairing: PairedProducts?
    /// Panel after panel `[depth, width]`; two to a float where they are kept as halves.
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
    ///   - scaledRows: runs of input channels whose weights will be scaled for each picture; none where they are used as given.
    ///   - packsOperands: whether the library sets outputs to zero in a sweep of its own, ``MatrixMultiply/packsOperands``.
    ///   - batch: where kernels are made; nil plans the portable path.
    package init(
        _ form: Form, weight: any WeightMatrix, bias: Tensor, slope: Tensor? = nil,
        slices: [(columns: Range<Int>, outputStride: Int)], rowCounts: Set<Int>, largestTile: Int = .max,
        scaledRows: [Range<Int>] = [], packsOperands: Bool = MatrixMultiply.packsOperands, batch: inout KernelBatch?
    ) {
        precondition(weight.depth == form.depth, "\(form.depth) rows expected, found \(weight.depth)")
        let columns = weight.columns
        precondition(bias.shape.count == columns, "\(bias.shape.count) biases for \(columns) columns")
        precondition(columns % 8 == 0, "\(columns) columns are not a multiple of 8")
        precondition(!form.keepsHalves || scaledRows.isEmpty, "halves are not scaled")
        precondition(
            !form.addsResidual || form.activation != .siLU, "sums that are balanced for SiLU take no residual")
        self.form = form
        self.columns = columns
        self.scaledRows = scaledRows
        beginsWithBiases = !form.addsResidual && packsOperands
        pairSums = Self.makePairSums(form, columns: columns, &batch)
        let pairing = pairSums == nil ? nil : batch?.instructionSet.pairing
        self.pairing = pairing
        biases = bias
        let slopes = slope ?? Tensor(zeros: [columns])
        var packer = PanelPacker(
            weight: weight, bias: bias, slopes: slopes, pairing: pairing,
            balances: pairing != nil && form.activation == .siLU,
            keepsHalves: form.keepsHalves && weight.holdsHalves && pairing == nil && batch != nil)
        guard batch != nil else {
            self.slices = slices.map { slice in
                let panels = LibraryPanel.panels(of: slice.columns, depth: form.depth)
                for panel in panels { _ = packer.pack(panel.columns) }
                return Slice(
                    columns: slice.columns, outputStride: slice.outputStride, panels: [], libraryPanels: panels)
            }
            handles = []
            weights = packer.weights
            parameters = packer.parameters
            return
        }
        var handles: [KernelBatch.Handle?] = []
        self.slices = slices.map { slice in
            var column = 0
            let panels = Self.panels(of: slice.columns.count, batch?.instructionSet, isPaired: pairing != nil).map {
                vectors in
                let width = vectors.floats
                let first = slice.columns.lowerBound + column
                defer { column += width }
                return Self.makePanel(
                    form, vectors: vectors, column: column, outputStride: slice.outputStride, rowCounts: rowCounts,
                    largestTile: largestTile, scaledRows: scaledRows, pairing: pairing,
                    packed: packer.pack(first..<(first + width)),
                    handles: &handles, batch: &batch)
            }
            return Slice(columns: slice.columns, outputStride: slice.outputStride, panels: panels)
        }
        self.handles = handles
        weights = packer.weights
        parameters = packer.parameters
    }
}

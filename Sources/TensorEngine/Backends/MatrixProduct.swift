/// A layer that multiplies rows of activations by weights, as a plan asks a ``KernelBackend`` for it.
///
/// Bias, residual and activation are part of it and are applied while the outputs are in registers or cache. Channel counts
/// are multiples of 8; networks with others pad them with zeros when they are planned.
package struct MatrixProduct {
    package var form: MatrixForm
    /// `[depth, columns]`.
    package var weight: any WeightMatrix
    /// `[columns]`.
    package var bias: Tensor
    /// `[columns]` for PReLU, else nil.
    package var slope: Tensor?
    /// Consecutive runs of output channels, each a multiple of 8.
    package var slices: [MatrixSlice]
    package var rows: RowCounts
    /// Runs of input channels whose weights will be scaled for each picture; none where they are used as given.
    package var scaledRows: [Range<Int>] = []

    /// How many rows a run may be asked for.
    package enum RowCounts: Hashable, Sendable {
        /// One of these numbers.
        case exactly(Set<Int>)
        /// Any number.
        case any
    }

    /// - Precondition: weights, biases and slopes belong together.
    package init(
        _ form: MatrixForm, weight: any WeightMatrix, bias: Tensor, slope: Tensor? = nil, slices: [MatrixSlice],
        rows: RowCounts
    ) {
        precondition(weight.depth == form.depth, "\(form.depth) rows expected, found \(weight.depth)")
        let columns = weight.columns
        precondition(bias.shape.count == columns, "\(bias.shape.count) biases for \(columns) columns")
        precondition(columns % 8 == 0, "\(columns) columns are not a multiple of 8")
        precondition(slope.map { $0.shape.count == columns } ?? true, "one slope a column")
        precondition(
            !form.addsResidual || form.activation != .siLU, "sums that are balanced for SiLU take no residual")
        self.form = form
        self.weight = weight
        self.bias = bias
        self.slope = slope
        self.slices = slices
        self.rows = rows
    }

    package var columns: Int { weight.columns }
}

/// How the rows of activations of a ``MatrixProduct`` lie, and what happens to each output.
package struct MatrixForm: Hashable, Sendable {
    /// Floats in each contiguous run of a row of activations.
    package var segmentLength: Int
    /// Runs a row, one for each kernel row of a convolution.
    package var segments = 1
    /// Floats from one row of activations to the next.
    package var inputStride: Int
    package var activation = Activation.identity
    /// Before the activation.
    package var addsResidual = false
    /// Whether every run is also given the pair sums of its rows, which the backend may then use.
    package var providesPairSums = false
    /// Whether weights may stay in memory in the type that they are stored in, and be expanded by every run: worth while for
    /// single rows, which wait for their weights. Such weights are not scaled.
    package var keepsStoredType = false

    package init(segmentLength: Int, inputStride: Int) {
        self.segmentLength = segmentLength
        self.inputStride = inputStride
    }

    /// Inputs of each output.
    package var depth: Int { segments * segmentLength }
}

/// A run of output channels that is computed, and stored with a stride, on its own: a unit of parallel work.
package struct MatrixSlice: Hashable, Sendable {
    package let columns: Range<Int>
    /// Floats from one row of outputs, or of residuals, to the next.
    package let outputStride: Int

    package init(_ columns: Range<Int>, outputStride: Int) {
        self.columns = columns
        self.outputStride = outputStride
    }
}

/// A matrix product through BLAS, with bias, residual and activation in a sweep over the rows just computed.
final class PortableMatrixKernel: MatrixKernel {
    let form: MatrixForm
    let columns: Int
    let slices: [MatrixSlice]
    let scaledRows: [Range<Int>]
    /// Panel after panel `[depth, width]`, the panels of all slices in order.
    let weights: Tensor
    /// Panel after panel `[biases, slopes]`.
    private let parameters: Tensor
    private let panels: [LibraryPanel]
    /// Which of the panels each slice has.
    private let panelRanges: [Range<Int>]
    /// Whether biases are written where outputs will be before the product is added to them, instead of being added later:
    /// where the library would set the outputs to zero in a sweep of its own.
    private let beginsWithBiases: Bool

    init(_ product: MatrixProduct, packsOperands: Bool) {
        form = product.form
        columns = product.columns
        slices = product.slices
        scaledRows = product.scaledRows
        beginsWithBiases = !product.form.addsResidual && packsOperands
        var panels: [LibraryPanel] = []
        panelRanges = product.slices.map { slice in
            let first = panels.count
            panels += LibraryPanel.panels(of: slice.columns, depth: product.form.depth)
            return first..<panels.count
        }
        self.panels = panels
        let depth = product.form.depth
        weights = Tensor(weightCount: depth * product.columns) { target in
            for panel in panels {
                product.weight.write(columns: panel.columns, to: target + depth * panel.columns.lowerBound)
            }
        }
        let slopes = product.slope ?? Tensor(zeros: [product.columns])
        parameters = Tensor(shape: [2 * product.columns]) { (target: UnsafeMutablePointer<Float>) in
            Tensor.withPointers(product.bias, slopes, slopes) { biases, slopes, _ in
                for panel in panels {
                    let (first, width) = (panel.columns.lowerBound, panel.columns.count)
                    (target + 2 * first).update(from: biases + first, count: width)
                    (target + 2 * first + width).update(from: slopes + first, count: width)
                }
            }
        }
    }

    /// The gathered rows of a convolution.
    func scratchCount(rows: Int) -> Int { gathers ? rows * form.depth : 0 }

    /// Whether rows of activations are copied first: the library takes neither rows in pieces nor overlapping rows.
    private var gathers: Bool { form.segments > 1 || form.inputStride < form.depth }

    func run(_ operands: MatrixOperands) {
        weights.withPointer { ownWeights in
            parameters.withPointer { run(operands, weights: operands.scaledWeights ?? ownWeights, parameters: $0) }
        }
    }

    private func run(
        _ operands: MatrixOperands, weights: UnsafePointer<Float>, parameters: UnsafePointer<Float>
    ) {
        let slice = slices[operands.slice]
        let (rows, output) = (operands.rows, operands.output)
        var (source, sourceStride) = (operands.input, form.inputStride)
        if gathers {
            gather(operands)
            (source, sourceStride) = (UnsafePointer(operands.scratch), form.depth)
        }
        // In place of a residual the outputs overwrite it, so it must be added before the product.
        if let residual = operands.residual, form.addsResidual, residual != UnsafePointer(output) {
            for row in 0..<rows {
                (output + row * slice.outputStride).update(
                    from: residual + row * slice.outputStride, count: slice.columns.count)
            }
        }
        for index in panelRanges[operands.slice] {
            let panel = panels[index]
            let (first, width) = (panel.columns.lowerBound, panel.columns.count)
            let biases = parameters + 2 * first
            var row = 0
            while row < rows {
                let block = Block(
                    values: output + row * slice.outputStride + (first - slice.columns.lowerBound),
                    rows: min(panel.rows, rows - row), stride: slice.outputStride, columns: width)
                if beginsWithBiases { block.fill(with: biases) }
                MatrixMultiply.multiply(
                    .init(source + row * sourceStride, stride: sourceStride),
                    by: .init(weights + form.depth * first, stride: width),
                    into: .init(block.values, stride: block.stride), rows: block.rows, columns: width,
                    depth: form.depth, accumulates: form.addsResidual || beginsWithBiases)
                block.finish(form.activation, adding: beginsWithBiases ? nil : biases, slopes: biases + width)
                row += block.rows
            }
        }
    }

    private func gather(_ operands: MatrixOperands) {
        var target = operands.scratch
        for row in 0..<operands.rows {
            for segment in 0..<form.segments {
                target.update(
                    from: operands.input + row * form.inputStride + segment * operands.segmentStride,
                    count: form.segmentLength)
                target += form.segmentLength
            }
        }
    }

    func scaleWeights(
        _ index: Int, by scales: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        pairSums: UnsafeMutablePointer<Float>
    ) {
        weights.withPointer { weights in
            for panel in panels {
                let width = panel.columns.count
                let (source, target) = (
                    weights + form.depth * panel.columns.lowerBound, target + form.depth * panel.columns.lowerBound
                )
                for row in scaledRows[index] {
                    let scale = SIMD8<Float>(repeating: scales[row])
                    for place in stride(from: row * width, to: (row + 1) * width, by: 8) {
                        target.storeVector(source.loadVector(place) * scale, place)
                    }
                }
            }
        }
    }
}

/// Outputs of one call of the library, while they are in the first-level cache.
private struct Block {
    let values: UnsafeMutablePointer<Float>
    let rows: Int
    /// Floats from one row to the next.
    let stride: Int
    let columns: Int

    func fill(with biases: UnsafePointer<Float>) {
        for row in 0..<rows { (values + row * stride).update(from: biases, count: columns) }
    }

    /// - Parameter biases: what is yet to be added; nil where that has been done.
    func finish(_ activation: Activation, adding biases: UnsafePointer<Float>?, slopes: UnsafePointer<Float>) {
        guard activation != .identity || biases != nil else { return }
        activation.withFunction { function in transform(adding: biases, slopes: slopes, function) }
    }

    @inline(__always)
    private func transform(
        adding biases: UnsafePointer<Float>?, slopes: UnsafePointer<Float>, _ function: Activation.Function
    ) {
        var column = 0
        // Down the rows, so that biases stay in registers.
        while column + 16 <= columns {
            let bias = biases.map { FourVectors($0 + column) }
            let slope = FourVectors(slopes + column)
            var place = values + column
            for _ in 0..<rows {
                var sums = FourVectors(place)
                if let bias { sums.add(bias) }
                sums.first = function(sums.first, slope.first)
                sums.second = function(sums.second, slope.second)
                sums.third = function(sums.third, slope.third)
                sums.fourth = function(sums.fourth, slope.fourth)
                sums.store(to: place, apart: 4)
                place += stride
            }
            column += 16
        }
        while column < columns {
            let slope = slopes.loadFour(column)
            for row in 0..<rows {
                let place = values + row * stride
                var sum = place.loadFour(column)
                if let biases { sum += biases.loadFour(column) }
                place.storeFour(function(sum, slope), column)
            }
            column += 4
        }
    }
}

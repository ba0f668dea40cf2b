package import X86Kernels

/// What ``PairedProducts`` take off again: sums over the pairs of each row of activations and of each column of weights.
extension MatrixProduct {
    /// Whether rows need their pair sums.
    package var isPaired: Bool { pairSums != nil }

    /// The kernel that sums the pairs of rows; nil where products are better not paired, or cannot be.
    static func makePairSums(_ form: Form, columns: Int, _ batch: inout KernelBatch?) -> KernelBatch.Handle? {
        guard let pairing = batch?.instructionSet.pairing, form.providesPairSums, form.segments == 1,
            form.depth >= pairing.leastDepth, columns >= pairing.leastColumns, form.depth % 8 == 0
        else { return nil }
        return batch?.make(PairSums(depth: form.depth, inputStride: form.inputStride))
    }

    /// Writes the sum of x₀x₁ over the pairs of each of `rows` consecutive rows; nothing where products are not paired.
    ///
    /// - Parameters:
    ///   - input: the first row of activations, as for a run.
    ///   - sums: room for `rows` floats.
    /// - Complexity: O(rows · depth), once for all columns.
    package func sumPairs(
        _ kernels: MadeKernels?, rows: Int, input: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>
    ) {
        guard let kernels, let pairSums, let pairing else { return }
        let group = PairSums.rows
        guard rows >= group else {
            for row in 0..<rows { sums[row] = sum(pairing, of: input + row * form.inputStride) }
            return
        }
        let sum = { (first: Int, groups: Int) in
            let arguments = PairSums.Arguments(
                input: input + first * self.form.inputStride, output: sums + first, groups: groups,
                constants: kernels.constants)
            withUnsafePointer(to: arguments) { kernels.function(pairSums)(UnsafeRawPointer($0)) }
        }
        sum(0, rows / group)
        // What is left over is summed as a whole group, together with rows that were summed before.
        if rows % group != 0 { sum(rows - group, 1) }
    }

    private func sum(_ pairing: PairedProducts, of row: UnsafePointer<Float>) -> Float {
        var sum: Float = 0
        for step in stride(from: 0, to: form.depth, by: 2) where pairing.isPair(at: step) {
            sum += row[step] * row[step + 1]
        }
        return sum
    }

    /// Adds to each column's sum the products w₀w₁ of the pairs among `rows` of its weights.
    ///
    /// - Parameter weights: `[depth, width]`.
    static func addPairs(
        _ pairing: PairedProducts, of rows: Range<Int>, _ weights: UnsafePointer<Float>, width: Int,
        to sums: UnsafeMutablePointer<Float>
    ) {
        precondition(rows.lowerBound % 2 == 0 && rows.upperBound % 2 == 0, "\(rows) cut a pair apart")
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 2) where pairing.isPair(at: row) {
            let (first, second) = (weights + row * width, weights + (row + 1) * width)
            for column in stride(from: 0, to: width, by: 8) {
                let products = first.loadVector(column) * second.loadVector(column)
                sums.storeVector(sums.loadVector(column) + products, column)
            }
        }
    }

    /// Writes the biases that belong to scaled weights, less the sums of the columns' pairs.
    ///
    /// - Parameters:
    ///   - sums: `[count, columns]`, each row as ``scaleWeights(_:part:by:into:pairs:)`` left it for some input channels.
    ///   - target: room for as many floats as the layer has parameters; slopes stay as they are.
    package func gatedParameters(
        _ sums: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
    ) {
        biases.withPointer { biases in
            for slice in slices {
                for panel in slice.panels {
                    let column = slice.columns.lowerBound + panel.column
                    let scale = Float.powerOfTwo(panel.exponent)
                    for place in stride(from: 0, to: panel.width, by: 8) {
                        var bias = biases.loadVector(column + place) * scale
                        for part in 0..<count { bias -= sums.loadVector(part * columns + column + place) }
                        target.storeVector(bias, panel.parameters + place)
                    }
                }
            }
        }
    }
}

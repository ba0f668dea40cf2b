package import KernelCompiler

extension MatrixProduct {
    /// Computes one slice of the outputs of `rows` consecutive rows.
    ///
    /// - Parameters:
    ///   - kernels: the sealed batch the layer was planned with; nil for the portable path.
    ///   - rows: one of the row counts the layer was planned for.
    ///   - input: the first row of activations.
    ///   - output: the slice's first channel in the first row of outputs.
    ///   - residual: likewise in what is added, where the form adds one; may be `output`.
    ///   - segmentStride: floats from one run of a row of activations to the next, for convolutions.
    ///   - pairSums: one for each row, as ``sumPairs(_:rows:input:into:)`` writes them, where ``isPaired``.
    ///   - weights: other weights of the same layout, for layers whose weights are scaled for each picture.
    ///   - parameters: other biases, of ``gatedParameters(_:count:into:)``, likewise.
    ///   - scratch: at least ``scratchCount(rows:)`` floats.
    /// - Complexity: O(rows · depth · slice); allocates nothing.
    package func run(
        _ kernels: MadeKernels?, slice index: Int, rows: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, residual: UnsafePointer<Float>? = nil, segmentStride: Int = 0,
        pairSums: UnsafePointer<Float>? = nil, weights scaledWeights: UnsafePointer<Float>? = nil,
        parameters scaledParameters: UnsafePointer<Float>? = nil, scratch: UnsafeMutablePointer<Float>
    ) {
        precondition(!isPaired || pairSums != nil, "paired products need the sums of their rows' pairs")
        weights.withPointer { ownWeights in
            parameters.withPointer { ownParameters in
                let weights = scaledWeights ?? ownWeights
                let parameters = scaledParameters ?? ownParameters
                if let kernels {
                    runMade(
                        kernels, slices[index], rows: rows, input: input, output: output, residual: residual,
                        segmentStride: segmentStride, pairSums: pairSums, weights: weights, parameters: parameters)
                } else {
                    runPortable(
                        slices[index], rows: rows, input: input, output: output, residual: residual,
                        segmentStride: segmentStride, weights: weights, parameters: parameters, scratch: scratch)
                }
            }
        }
    }

    /// Floats of scratch that the portable path needs: the gathered rows of a convolution.
    package func scratchCount(rows: Int) -> Int { form.segments > 1 ? rows * form.depth : 0 }

    private func runMade(
        _ kernels: MadeKernels, _ slice: Slice, rows: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, residual: UnsafePointer<Float>?, segmentStride: Int,
        pairSums: UnsafePointer<Float>?, weights: UnsafePointer<Float>, parameters: UnsafePointer<Float>
    ) {
        for panel in slice.panels {
            let split = RowSplit(rows: rows, largest: panel.largestRows)
            func runTiles(_ count: Int, height: Int, after tilesBefore: Int, fromRow first: Int) {
                guard let handle = handles[panel.firstHandle + height - 1] else {
                    preconditionFailure("no kernel was made for \(rows) rows")
                }
                let place = first * slice.outputStride + panel.column
                let arguments = MatrixTile.Arguments(
                    input: input + first * form.inputStride, weights: weights + panel.weights,
                    parameters: parameters + panel.parameters, output: output + place,
                    residual: residual.map { $0 + place }, tiles: count,
                    segmentGap: segmentStride - form.segmentLength, pairSums: pairSums.map { $0 + first },
                    ahead: form.depth * panel.width, firstTile: tilesBefore, constants: kernels.constants,
                    exponent: panel.exponent)
                withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
            }
            if split.tallTiles > 0 { runTiles(split.tallTiles, height: split.tall, after: 0, fromRow: 0) }
            if split.shortTiles > 0 {
                runTiles(
                    split.shortTiles, height: split.tall - 1, after: split.tallTiles,
                    fromRow: split.tall * split.tallTiles)
            }
        }
    }
}

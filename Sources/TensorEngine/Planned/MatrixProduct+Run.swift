package import X86Kernels

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
                    let operands = MadeOperands(
                        input: input, output: output, residual: residual, segmentStride: segmentStride,
                        pairSums: pairSums, weights: weights, parameters: parameters)
                    runMade(kernels, slices[index], rows: rows, operands)
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
}

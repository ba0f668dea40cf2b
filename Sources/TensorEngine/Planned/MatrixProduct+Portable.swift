internal import KernelCompiler

extension MatrixProduct {
    /// The same through BLAS, with bias, activation and residual in a sweep over the rows just computed.
    func runPortable(
        _ slice: Slice, rows: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        residual: UnsafePointer<Float>?, segmentStride: Int, weights: UnsafePointer<Float>,
        parameters: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        var (source, sourceStride) = (input, form.inputStride)
        if form.segments > 1 {
            gather(input, rows: rows, segmentStride: segmentStride, into: scratch)
            (source, sourceStride) = (UnsafePointer(scratch), form.depth)
        }
        // In place of a residual the outputs overwrite it, so it must be added before the product; an activation of its
        // own never meets a residual.
        let accumulates = form.addsResidual
        if let residual, accumulates, residual != UnsafePointer(output) {
            for row in 0..<rows {
                (output + row * slice.outputStride).update(
                    from: residual + row * slice.outputStride, count: slice.columns.count)
            }
        }
        MatrixMultiply.multiply(
            source, stride: sourceStride, by: weights + slice.columns.lowerBound, stride: columns, into: output,
            stride: slice.outputStride, rows: rows, columns: slice.columns.count, depth: form.depth,
            accumulates: accumulates)
        let biases = parameters + slice.columns.lowerBound
        for row in 0..<rows {
            finish(output + row * slice.outputStride, biases, slopes: biases + columns, count: slice.columns.count)
        }
    }

    private func gather(
        _ input: UnsafePointer<Float>, rows: Int, segmentStride: Int, into scratch: UnsafeMutablePointer<Float>
    ) {
        var target = scratch
        for row in 0..<rows {
            for segment in 0..<form.segments {
                target.update(
                    from: input + row * form.inputStride + segment * segmentStride, count: form.segmentLength)
                target += form.segmentLength
            }
        }
    }

    @inline(__always)
    private func finish(
        _ values: UnsafeMutablePointer<Float>, _ biases: UnsafePointer<Float>, slopes: UnsafePointer<Float>, count: Int
    ) {
        switch form.activation {
        case .identity: transform(values, biases, count) { sum, _ in sum }
        case .reLU: transform(values, biases, count) { sum, _ in sum.replacing(with: 0, where: sum .< 0) }
        case .siLU: transform(values, biases, count) { sum, _ in VectorMath.siLU(sum) }
        case .sigmoid: transform(values, biases, count) { sum, _ in VectorMath.sigmoid(sum) }
        case .pReLU:
            transform(values, biases, count) { sum, column in
                let negative = sum.replacing(with: 0, where: sum .> 0)
                return sum - negative + negative * slopes.loadVector(column)
            }
        }
    }

    @inline(__always)
    private func transform(
        _ values: UnsafeMutablePointer<Float>, _ biases: UnsafePointer<Float>, _ count: Int,
        _ function: (SIMD8<Float>, Int) -> SIMD8<Float>
    ) {
        for column in stride(from: 0, to: count, by: 8) {
            values.storeVector(function(values.loadVector(column) + biases.loadVector(column), column), column)
        }
    }
}

internal import X86Kernels

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
        // In place of a residual the outputs overwrite it, so it must be added before the product.
        if let residual, form.addsResidual, residual != UnsafePointer(output) {
            for row in 0..<rows {
                (output + row * slice.outputStride).update(
                    from: residual + row * slice.outputStride, count: slice.columns.count)
            }
        }
        for panel in slice.libraryPanels {
            let (first, width) = (panel.columns.lowerBound, panel.columns.count)
            let biases = parameters + 2 * first
            var row = 0
            while row < rows {
                let count = min(panel.rows, rows - row)
                let block = output + row * slice.outputStride + (first - slice.columns.lowerBound)
                if beginsWithBiases { write(biases, count: width, to: block, slice.outputStride, rows: count) }
                MatrixMultiply.multiply(
                    source + row * sourceStride, stride: sourceStride, by: weights + form.depth * first,
                    stride: width, into: block, stride: slice.outputStride, rows: count, columns: width,
                    depth: form.depth, accumulates: form.addsResidual || beginsWithBiases)
                finish(
                    block, rows: count, slice.outputStride, beginsWithBiases ? nil : biases, slopes: biases + width,
                    columns: width)
                row += count
            }
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

    private func write(
        _ biases: UnsafePointer<Float>, count: Int, to block: UnsafeMutablePointer<Float>, _ stride: Int, rows: Int
    ) {
        for row in 0..<rows { (block + row * stride).update(from: biases, count: count) }
    }

    /// - Parameter biases: what is yet to be added; nil where that has been done.
    private func finish(
        _ block: UnsafeMutablePointer<Float>, rows: Int, _ stride: Int, _ biases: UnsafePointer<Float>?,
        slopes: UnsafePointer<Float>, columns: Int
    ) {
        switch form.activation {
        case .identity:
            if biases != nil { transform(block, rows, stride, biases, columns) { sum, _ in sum } }
        case .reLU:
            transform(block, rows, stride, biases, columns) { sum, _ in sum.replacing(with: 0, where: sum .< 0) }
        case .siLU: transform(block, rows, stride, biases, columns) { sum, _ in VectorMath.siLU(sum) }
        case .sigmoid: transform(block, rows, stride, biases, columns) { sum, _ in VectorMath.sigmoid(sum) }
        case .pReLU:
            transform(block, rows, stride, biases, columns) { sum, column in
                let negative = sum.replacing(with: 0, where: sum .> 0)
                return sum - negative + negative * slopes.loadFour(column)
            }
        }
    }

    @inline(__always)
    private func transform(
        _ block: UnsafeMutablePointer<Float>, _ rows: Int, _ stride: Int, _ biases: UnsafePointer<Float>?,
        _ columns: Int, _ function: (SIMD4<Float>, Int) -> SIMD4<Float>
    ) {
        var column = 0
        // Down the rows, so that biases stay in registers.
        while column + 16 <= columns {
            let bias = biases.map { FourVectors($0 + column) }
            var values = block + column
            for _ in 0..<rows {
                var sums = FourVectors(values)
                if let bias { sums.add(bias) }
                sums.first = function(sums.first, column)
                sums.second = function(sums.second, column + 4)
                sums.third = function(sums.third, column + 8)
                sums.fourth = function(sums.fourth, column + 12)
                sums.store(to: values, apart: 4)
                values += stride
            }
            column += 16
        }
        while column < columns {
            for row in 0..<rows {
                let values = block + row * stride
                var sum = values.loadFour(column)
                if let biases { sum += biases.loadFour(column) }
                values.storeFour(function(sum, column), column)
            }
            column += 4
        }
    }
}

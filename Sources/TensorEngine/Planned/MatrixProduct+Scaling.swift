package import X86Kernels

extension MatrixProduct {
    /// Writes the weights of some input channels, a row of weights each, times that channel's scale.
    ///
    /// - Parameters:
    ///   - kernels: the sealed batch the layer was planned with; nil for the portable path.
    ///   - part: which of ``scaledRows``.
    ///   - scales: one for each of all `depth` input channels.
    ///   - target: room for as many floats as ``weights`` has; the same layout.
    ///   - pairs: room for `columns` floats: each column's sum over the pairs among these rows, where ``isPaired``.
    /// - Complexity: O(rows · columns); allocates nothing.
    package func scaleWeights(
        _ kernels: MadeKernels?, part: Int, by scales: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        pairs: UnsafeMutablePointer<Float>
    ) {
        let rows = scaledRows[part]
        weights.withPointer { weights in
            for slice in slices {
                for panel in slice.libraryPanels {
                    let place = form.depth * panel.columns.lowerBound
                    scaleRows(rows, of: weights + place, into: target + place, scales, width: panel.columns.count)
                }
                for panel in slice.panels {
                    guard let kernels, let handle = handles[panel.firstHandle + panel.largestRows + part] else {
                        preconditionFailure("no kernel was made to scale \(rows)")
                    }
                    let place = panel.weights + rows.lowerBound * panel.width
                    let arguments = WeightScaling.Arguments(
                        weights: weights + place, target: target + place, scales: scales + rows.lowerBound,
                        sums: pairs + slice.columns.lowerBound + panel.column)
                    withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
                }
            }
        }
    }

    private func scaleRows(
        _ rows: Range<Int>, of source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        _ scales: UnsafePointer<Float>, width: Int
    ) {
        for row in rows {
            let scale = SIMD8<Float>(repeating: scales[row])
            for column in stride(from: 0, to: width, by: 8) {
                target.storeVector(source.loadVector(row * width + column) * scale, row * width + column)
            }
        }
    }
}

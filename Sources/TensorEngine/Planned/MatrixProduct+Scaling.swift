internal import KernelCompiler

extension MatrixProduct {
    /// Writes the weights of some input channels, a row of weights each, times that channel's scale.
    ///
    /// - Parameters:
    ///   - rows: the input channels.
    ///   - scales: one for each of all `depth` input channels.
    ///   - target: room for as many floats as ``weights`` has; the same layout.
    ///   - pairs: room for `columns` floats: each column's sum over the pairs among these rows, where ``isPaired``.
    package func scaleWeights(
        of rows: Range<Int>, by scales: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        pairs: UnsafeMutablePointer<Float>
    ) {
        weights.withPointer { weights in
            if isPaired { pairs.update(repeating: 0, count: columns) }
            for slice in slices {
                for panel in slice.libraryPanels {
                    let place = form.depth * panel.columns.lowerBound
                    scaleRows(rows, of: weights + place, into: target + place, scales, width: panel.columns.count)
                }
                for panel in slice.panels {
                    let (width, target) = (panel.width, target + panel.weights)
                    scaleRows(rows, of: weights + panel.weights, into: target, scales, width: width)
                    if let pairing {
                        let sums = pairs + slice.columns.lowerBound + panel.column
                        Self.addPairs(pairing, of: rows, target, width: width, to: sums)
                    }
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

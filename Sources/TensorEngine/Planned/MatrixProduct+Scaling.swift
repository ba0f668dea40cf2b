package import KernelCompiler

extension MatrixProduct {
    /// Writes the weights with each row, the weights of one input channel, times that channel's scale.
    ///
    /// - Parameters:
    ///   - scales: one a row, `depth` in all.
    ///   - target: room for as many floats as ``weights`` has; the same layout.
    package func scaleWeights(by scales: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        weights.withPointer { weights in
            if slices.allSatisfy(\.panels.isEmpty) {
                scaleRows(weights, into: target, scales, width: columns)
            }
            for slice in slices {
                for panel in slice.panels {
                    let width = panel.vectors.reduce(0) { $0 + $1.floats }
                    scaleRows(weights + panel.weights, into: target + panel.weights, scales, width: width)
                }
            }
        }
    }

    private func scaleRows(
        _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, _ scales: UnsafePointer<Float>,
        width: Int
    ) {
        for row in 0..<form.depth {
            let scale = SIMD8<Float>(repeating: scales[row])
            for column in stride(from: 0, to: width, by: 8) {
                target.storeVector(source.loadVector(row * width + column) * scale, row * width + column)
            }
        }
    }
}

package import TensorEngine
package import WeightFile

/// The weights of a matrix product with a bias.
package struct DenseWeights {
    /// `[inputs, outputs]`.
    package let weight: any WeightMatrix
    /// `[outputs]`.
    package let bias: Tensor

    package init(weight: any WeightMatrix, bias: Tensor) {
        self.weight = weight
        self.bias = bias
    }

    /// Reads `weight`, `[outputs, inputs]`, and `bias` below `scope`.
    package init(from scope: WeightScope, inputs: Int, outputs: Int) throws(WeightError) {
        weight = try scope.matrix("weight", shape: [outputs, inputs])
        bias = try scope.tensor("bias", shape: [outputs])
    }

    /// The product of rows that are also given their pair sums.
    ///
    /// - Parameters:
    ///   - rows: how many a run may have.
    ///   - inputStride: floats from one row of activations to the next; the inputs' number where rows lie densely.
    package func product(
        _ slices: [MatrixSlice], rows: MatrixProduct.RowCounts, inputStride: Int? = nil, addsResidual: Bool = false
    ) -> MatrixProduct {
        var form = MatrixForm(segmentLength: weight.depth, inputStride: inputStride ?? weight.depth)
        form.addsResidual = addsResidual
        form.providesPairSums = true
        return MatrixProduct(form, weight: weight, bias: bias, slices: slices, rows: rows)
    }
}

/// What a head attends with.
extension DenseWeights {
    /// Some outputs of a product, head after head.
    package struct Part {
        let weights: DenseWeights
        let first: Int

        /// - Parameter first: the first head's first output.
        package init(_ weights: DenseWeights, first: Int = 0) {
            self.weights = weights
            self.first = first
        }
    }

    /// Queries, keys and values of each head beside one another, so that one product gives all that a head attends with.
    /// Queries are divided by the root of a head's channels here, once for all.
    ///
    /// - Parameter width: channels of a head.
    /// - Returns: `[inputs, 3 · heads · width]`.
    package static func heads(
        _ heads: Int, width: Int, queries: Part, keys: Part, values: Part
    ) -> DenseWeights {
        let depth = queries.weights.weight.depth
        let pitch = 3 * heads * width
        var weight = Tensor(zeros: [depth, pitch])
        var bias = Tensor(zeros: [pitch])
        for (index, part) in [queries, keys, values].enumerated() {
            let scale = index == 0 ? 1 / Float(width).squareRoot() : 1
            for head in 0..<heads {
                let (from, to) = (part.first + head * width, (3 * head + index) * width)
                let columns = Tensor(shape: [depth, width]) {
                    part.weights.weight.write(columns: from..<(from + width), to: $0)
                }
                weight.withMutablePointer { weight in
                    columns.withPointer { columns in
                        for row in 0..<depth {
                            let (source, target) = (columns + row * width, weight + row * pitch + to)
                            for column in 0..<width { target[column] = source[column] * scale }
                        }
                    }
                }
                bias.withMutablePointer { bias in
                    part.weights.bias.withPointer { source in
                        for column in 0..<width { bias[to + column] = source[from + column] * scale }
                    }
                }
            }
        }
        return DenseWeights(weight: weight, bias: bias)
    }
}

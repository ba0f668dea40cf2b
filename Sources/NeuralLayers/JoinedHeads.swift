import TensorEngine

extension Conv2D {
    /// One convolution that does what several on the same input do, their channels one after the other and then zeros up
    /// to a whole number of vectors: one product instead of several narrow ones.
    ///
    /// - Precondition: all have one group and the same kernel, stride, padding, activation and input channels.
    package static func joined(_ first: Conv2D, _ others: Conv2D...) -> Conv2D {
        for other in others {
            precondition(
                first.groups == 1 && other.groups == 1 && other.window == first.window
                    && other.activation == first.activation
                    && other.inputChannels == first.inputChannels, "convolutions of different kinds cannot be joined")
        }
        let all = [first] + others
        let depth = first.weight.shape[1]
        let weight = Tensor.joinedColumns(all.map { $0.weight.reshaped(to: [depth, $0.outputChannels]) })
        return Conv2D(
            weights: .expanded(weight.reshaped(to: [1, depth, weight.shape[1]])), bias: .joinedColumns(all.map(\.bias)),
            inputChannels: first.inputChannels, window: first.window, groups: 1,
            activation: first.activation)
    }
}

extension Linear {
    /// One layer that does what several on the same input do, their features one after the other and then zeros up to a
    /// whole number of vectors.
    ///
    /// - Precondition: all have the same activation and input features.
    package static func joined(_ first: Linear, _ others: Linear...) -> Linear {
        for other in others {
            precondition(
                other.activation == first.activation && other.inputFeatures == first.inputFeatures,
                "linear layers of different kinds cannot be joined")
        }
        let all = [first] + others
        return Linear(
            weight: Tensor.joinedColumns(all.map(\.weight)).transposed([1, 0]), bias: .joinedColumns(all.map(\.bias)),
            activation: first.activation)
    }
}

extension Tensor {
    /// Matrices of equally many rows side by side, or vectors one after the other, and zeros up to a whole vector.
    fileprivate static func joinedColumns(_ parts: [Tensor]) -> Tensor {
        let widths = parts.map { $0.shape.dimensions.last ?? 0 }
        let (rows, columns) = (parts[0].shape.count / widths[0], widths.reduce(0, +).roundedUpToVector)
        var scalars = [Float](repeating: 0, count: rows * columns)
        var first = 0
        for (part, width) in zip(parts, widths) {
            part.withUnsafeBuffer { part in
                for row in 0..<rows {
                    for column in 0..<width { scalars[row * columns + first + column] = part[row * width + column] }
                }
            }
            first += width
        }
        return Tensor(scalars, shape: parts[0].shape.rank == 1 ? [columns] : [rows, columns])
    }
}

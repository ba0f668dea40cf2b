import TensorEngine
import WeightFile

/// Where a layer's weights are: in a tensor, or still in their file.
enum LayerWeights: Sendable {
    case expanded(Tensor)
    case stored(StoredWeights)

    /// The weights as a tensor.
    var tensor: Tensor {
        switch self {
        case .expanded(let tensor): tensor
        case .stored(let weights): weights.tensor
        }
    }

    /// The weights for a planned product, which packs them from where they are.
    ///
    /// - Parameter rows: of the matrix; a tensor may have more dimensions.
    func matrix(rows: Int) -> any WeightMatrix {
        switch self {
        case .expanded(let tensor): tensor.reshaped(to: [rows, tensor.shape.count / rows])
        case .stored(let weights): weights.matrix
        }
    }

    /// The same with each column, of all groups one after the other, times its factor.
    func scaled(byColumn factors: Tensor) -> LayerWeights {
        switch self {
        case .expanded(let tensor): .expanded(Self.scaled(tensor, byColumn: factors))
        case .stored(let weights): .stored(StoredWeights(weights.matrix.scaled(byColumn: factors)))
        }
    }

    /// - Parameter tensor: `[groups, depth, width]`.
    private static func scaled(_ tensor: Tensor, byColumn factors: Tensor) -> Tensor {
        var tensor = tensor
        let (groups, depth, width) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
        tensor.withMutablePointer { elements in
            factors.withPointer { factors in
                for row in 0..<(groups * depth) {
                    let factors = factors + row / depth * width
                    for column in 0..<width { elements[row * width + column] *= factors[column] }
                }
            }
        }
        return tensor
    }
}

/// Weights in a file, expanded when a layer is first called that was not planned, and then kept.
final class StoredWeights: Sendable {
    let matrix: StoredMatrix
    private let expanded = LockedState<Tensor?>(nil)

    init(_ matrix: StoredMatrix) { self.matrix = matrix }

    var tensor: Tensor {
        expanded.withLock { expanded in
            let tensor = expanded ?? matrix.tensor
            expanded = tensor
            return tensor
        }
    }
}

import Synchronization
import TensorEngine
import WeightFile

/// Weights in a file, expanded when a layer is first called that was not planned, and then kept.
final class StoredWeights: Sendable {
    let matrix: StoredMatrix
    private let expanded = Mutex<Tensor?>(nil)

    init(_ matrix: StoredMatrix) { self.matrix = matrix }

    var tensor: Tensor {
        expanded.withLock { expanded in
            let tensor = expanded ?? matrix.tensor
            expanded = tensor
            return tensor
        }
    }
}

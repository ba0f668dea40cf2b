import NeuralLayers
import TensorEngine
import WeightFile

/// Two layers on what the encoder found in a window.
struct VoiceHead: Sendable {
    static let classes = 7
    private static let inputs = 2 * VoiceEncoderWeights.channels
    private static let hidden = 1...2048
    /// How many deviations count at most.
    private static let farthest: Float = 6

    /// Of each input, over the clips that were trained on.
    private let mean: [Float]
    private let deviation: [Float]
    private let layers: [Linear]

    /// Reads `mean`, `deviation`, `first` and `second` below `name`.
    init(_ file: WeightReader, _ name: String) throws(WeightError) {
        let (scope, inputs) = (file.root.child(name), Self.inputs)
        let weight = name + ".first.weight"
        guard let shape = file.shapes[weight] else { throw .missingTensor(path: file.path, name: weight) }
        guard shape.rank == 2, Self.hidden.contains(shape[0]) else {
            throw .shapeMismatch(path: file.path, name: weight, expected: [1, inputs], actual: shape)
        }
        mean = try scope.tensor("mean", shape: [inputs]).scalars
        deviation = try scope.tensor("deviation", shape: [inputs]).scalars
        layers = [
            try Linear(
                from: scope.child("first"), inputFeatures: inputs, outputFeatures: shape[0], activation: .reLU),
            try Linear(from: scope.child("second"), inputFeatures: shape[0], outputFeatures: Self.classes),
        ]
    }

    /// - Parameter rows: what the encoder found in some windows, or how that differs from what is usual.
    /// - Returns: `[N, 7]`, row by row.
    func logits(_ rows: [[Float]]) -> [Float] {
        let inputs = Self.inputs
        let input = Tensor(shape: [rows.count, inputs]) { (target: UnsafeMutableBufferPointer<Float>) in
            for (row, values) in rows.enumerated() {
                for index in 0..<inputs {
                    let value = values[index] - mean[index]
                    // What never differed in training says nothing here.
                    let distance = deviation[index] > 0 ? value / deviation[index] : 0
                    target[row * inputs + index] = min(max(distance, -Self.farthest), Self.farthest)
                }
            }
        }
        return layers.reduce(input) { $1($0) }.scalars
    }
}

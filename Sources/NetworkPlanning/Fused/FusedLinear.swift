internal import NeuralLayers
internal import TensorEngine

/// A linear layer and the PReLU after it, on one kernel for any number of rows.
struct FusedLinear: Layer {
    let kernel: any MatrixKernel

    /// - Parameter input: `[N, inputFeatures]`.
    /// - Returns: `[N, outputFeatures]`.
    func callAsFunction(_ input: Tensor) -> Tensor {
        let batch = input.shape[0]
        return Tensor(shape: [batch, kernel.columns]) { target in
            input.withPointer { kernel.run(MatrixOperands(rows: batch, input: $0, output: target)) }
        }
    }
}

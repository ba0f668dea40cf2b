import X86Kernels
import TensorEngine

/// A linear layer and the PReLU after it, on a kernel made for both.
struct FusedLinear: Layer {
    private let product: MatrixProduct
    private let kernels: MadeKernels

    init(product: MatrixProduct, kernels: MadeKernels) {
        self.product = product
        self.kernels = kernels
    }

    /// - Parameter input: `[N, inputFeatures]`.
    /// - Returns: `[N, outputFeatures]`.
    func callAsFunction(_ input: Tensor) -> Tensor {
        let batch = input.shape[0]
        return Tensor(shape: [batch, product.columns]) { target in
            input.withPointer {
                product.run(kernels, slice: 0, rows: batch, input: $0, output: target, scratch: target)
            }
        }
    }
}

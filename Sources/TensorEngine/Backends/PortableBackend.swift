/// Kernels in Swift compiled ahead of time, matrix products through BLAS: for every processor, and what other backends are
/// held against.
package final class PortableBackend: KernelBackend {
    /// Whether the library sets outputs to zero in a sweep of its own.
    private let packsOperands: Bool

    package init(packsOperands: Bool = MatrixMultiply.packsOperands) { self.packsOperands = packsOperands }

    package var gainsFromFusion: Bool { false }
    package var packsWeightsEachRun: Bool { packsOperands }

    package func kernel(for product: MatrixProduct) -> any MatrixKernel {
        PortableMatrixKernel(product, packsOperands: packsOperands)
    }

    package func kernel(for convolution: DepthwiseProduct) -> any DepthwiseKernel {
        PortableDepthwiseKernel(convolution)
    }
}

package import TensorEngine

/// Compiles the kernels of a plan for one ``X86Target``: all of them come to lie in one block of executable memory.
package final class X86Backend: KernelBackend {
    private var batch: KernelBatch

    package init(_ target: X86Target) { batch = KernelBatch(target) }

    package var gainsFromFusion: Bool { true }
    package var packsWeightsEachRun: Bool { false }

    package func kernel(for product: MatrixProduct) -> any MatrixKernel { X86MatrixKernel(product, &batch) }

    package func kernel(for convolution: DepthwiseProduct) -> any DepthwiseKernel {
        X86DepthwiseKernel(convolution, &batch)
    }

    /// Makes all kernels that were asked for ready to be run; none may be run before.
    ///
    /// - Returns: false where the system refuses executable memory, and none may ever be run.
    package func seal() -> Bool { batch.seal() != nil }
}

/// A way to compute the products of a planned network: kernels compiled for a processor, or portable ones.
///
/// A plan asks one backend for all of its kernels and knows no other afterwards. What a backend is asked for describes the
/// work and no processor; registers, tiles and the order of packed weights are its own affair.
package protocol KernelBackend: AnyObject {
    /// Whether layers on kernels of this backend are faster than the layers themselves.
    var gainsFromFusion: Bool { get }
    /// Whether every run of a matrix kernel begins by packing the weights anew, so that few long runs are better than many.
    var packsWeightsEachRun: Bool { get }

    func kernel(for product: MatrixProduct) -> any MatrixKernel
    func kernel(for convolution: DepthwiseProduct) -> any DepthwiseKernel
}

import KernelCompiler
import TensorEngine

/// A convolution without padding and the PReLU after it, on a kernel made for both.
///
/// Channels are padded with zeros to whole vectors, on the way in as the layer before leaves them and on the way out;
/// a padded channel stays zero through PReLU and pooling.
struct FusedConv2D: Layer {
    private let product: MatrixProduct
    private let kernels: MadeKernels
    private let kernel: Size
    private let inputChannels: Int

    init(product: MatrixProduct, kernels: MadeKernels, kernel: Size, inputChannels: Int) {
        self.product = product
        self.kernels = kernels
        self.kernel = kernel
        self.inputChannels = inputChannels
    }

    /// - Parameter input: `[N, H, W, C]`, C padded.
    /// - Returns: `[N, H − kH + 1, W − kW + 1, O]`, O padded.
    func callAsFunction(_ input: Tensor) -> Tensor {
        precondition(input.channels == inputChannels, "\(inputChannels) channels expected, found \(input.shape)")
        let output = ConvolutionGeometry(input: input.size, kernel: kernel, stride: 1, padding: .valid).output
        let (size, batch) = (input.size, input.batch)
        return Tensor(shape: [batch, output.height, output.width, product.columns]) { target in
            input.withPointer { source in
                for index in 0..<(batch * output.height) {
                    let row = index / output.height * size.height + index % output.height
                    let target = target + index * output.width * product.columns
                    product.run(
                        kernels, slice: 0, rows: output.width, input: source + row * size.width * inputChannels,
                        output: target, segmentStride: size.width * inputChannels, scratch: target)
                }
            }
        }
    }
}

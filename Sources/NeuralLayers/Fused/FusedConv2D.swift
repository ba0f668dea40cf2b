import X86Kernels
import TensorEngine

/// A convolution without padding, the PReLU after it and the largest-of-a-window pooling after that, on a kernel made
/// for the first two.
///
/// Channels are padded with zeros to whole vectors; a padded channel stays zero through PReLU. Pooling leaves the padding
/// out again, so that the next layer does not multiply by it, and follows while a row of the convolution is in cache.
struct FusedConv2D: Layer {
    private let product: MatrixProduct
    private let kernels: MadeKernels
    private let kernel: Size
    private let inputChannels: Int
    private let pooling: (window: Pooling, channels: Int)?

    /// - Parameters:
    ///   - kernel: of the convolution.
    ///   - inputChannels: as the layer before leaves them.
    ///   - pooling: the windows, and the channels without padding.
    init(
        product: MatrixProduct, kernels: MadeKernels, kernel: Size, inputChannels: Int,
        pooling: (window: Pooling, channels: Int)? = nil
    ) {
        self.product = product
        self.kernels = kernels
        self.kernel = kernel
        self.inputChannels = inputChannels
        self.pooling = pooling
    }

    /// - Parameter input: `[N, H, W, inputChannels]`.
    /// - Returns: `[N, H − kH + 1, W − kW + 1, O]`, O padded; with pooling `[N, H′, W′, O]`, O not padded.
    func callAsFunction(_ input: Tensor) -> Tensor {
        precondition(input.channels == inputChannels, "\(inputChannels) channels expected, found \(input.shape)")
        let output = ConvolutionGeometry(input: input.size, kernel: kernel, stride: 1, padding: .valid).output
        if let pooling { return pooled(input, output, by: pooling.window, channels: pooling.channels) }
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

    /// The rows of the convolution go round a ring as high as a window.
    private func pooled(_ input: Tensor, _ convolved: Size, by window: Pooling, channels: Int) -> Tensor {
        let output = Size(
            height: window.outputExtent(convolved.height), width: window.outputExtent(convolved.width))
        let (batch, inputRow) = (input.batch, input.size.width * inputChannels)
        let row = convolved.width * product.columns
        return Tensor(shape: [batch, output.height, output.width, channels]) { target in
            input.withPointer { source in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: (window.kernel + 1) * row) { scratch in
                    guard let ring = scratch.baseAddress else { return }
                    for picture in 0..<batch {
                        let source = source + picture * input.size.height * inputRow
                        var next = 0
                        for index in 0..<output.height {
                            let first = index * window.stride
                            let rows = first..<min(first + window.kernel, convolved.height)
                            next = max(next, first)
                            while next < rows.upperBound {
                                let place = ring + next % window.kernel * row
                                product.run(
                                    kernels, slice: 0, rows: convolved.width, input: source + next * inputRow,
                                    output: place, segmentStride: inputRow, scratch: place)
                                next += 1
                            }
                            let done = picture * output.height + index
                            window.maximumRow(
                                of: rows, in: ring, width: convolved.width, channels: product.columns,
                                scratch: ring + window.kernel * row, keeping: channels,
                                into: target + done * output.width * channels,
                                mayOverrun: done + 1 < batch * output.height)
                        }
                    }
                }
            }
        }
    }
}

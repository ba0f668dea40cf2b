internal import NeuralLayers
internal import TensorEngine

/// A convolution without padding, the PReLU after it and the largest-of-a-window pooling after that, the first two on one
/// kernel.
///
/// Channels are padded with zeros to whole vectors; a padded channel stays zero through PReLU. Pooling leaves the padding
/// out again, so that the next layer does not multiply by it, and follows while a row of the convolution is in cache.
struct FusedConv2D: Layer {
    let kernel: any MatrixKernel
    /// Of the convolution.
    let window: Size
    /// As the layer before leaves them.
    let inputChannels: Int
    /// The windows of the pooling, and the channels without padding.
    let pooling: (window: Pooling, channels: Int)?

    /// - Parameter input: `[N, H, W, inputChannels]`.
    /// - Returns: `[N, H − kH + 1, W − kW + 1, O]`, O padded; with pooling `[N, H′, W′, O]`, O not padded.
    func callAsFunction(_ input: Tensor) -> Tensor {
        precondition(input.channels == inputChannels, "\(inputChannels) channels expected, found \(input.shape)")
        let output = ConvolutionGeometry(input: input.size, kernel: window, stride: 1, padding: .valid).output
        if let pooling { return pooled(input, output, by: pooling.window, channels: pooling.channels) }
        let (size, batch) = (input.size, input.batch)
        let scratchCount = max(kernel.scratchCount(rows: output.width), 1)
        return Tensor(shape: [batch, output.height, output.width, kernel.columns]) { target in
            input.withPointer { source in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: scratchCount) { scratch in
                    for index in 0..<(batch * output.height) {
                        let row = index / output.height * size.height + index % output.height
                        kernel.run(
                            MatrixOperands(
                                rows: output.width, input: source + row * size.width * inputChannels,
                                output: target + index * output.width * kernel.columns,
                                segmentStride: size.width * inputChannels, scratch: scratch.baseAddress))
                    }
                }
            }
        }
    }

    /// The rows of the convolution go round a ring as high as a window.
    private func pooled(_ input: Tensor, _ convolved: Size, by window: Pooling, channels: Int) -> Tensor {
        let output = Size(
            height: window.outputExtent(convolved.height), width: window.outputExtent(convolved.width))
        let (batch, inputRow) = (input.batch, input.size.width * inputChannels)
        let row = convolved.width * kernel.columns
        let memory = (window.kernel + 1) * row + kernel.scratchCount(rows: convolved.width)
        return Tensor(shape: [batch, output.height, output.width, channels]) { target in
            input.withPointer { source in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: memory) { memory in
                    guard let ring = memory.baseAddress else { return }
                    let pooledRow = ring + window.kernel * row
                    for picture in 0..<batch {
                        let source = source + picture * input.size.height * inputRow
                        var next = 0
                        for index in 0..<output.height {
                            let first = index * window.stride
                            let rows = first..<min(first + window.kernel, convolved.height)
                            next = max(next, first)
                            while next < rows.upperBound {
                                kernel.run(
                                    MatrixOperands(
                                        rows: convolved.width, input: source + next * inputRow,
                                        output: ring + next % window.kernel * row, segmentStride: inputRow,
                                        scratch: pooledRow + row))
                                next += 1
                            }
                            let done = picture * output.height + index
                            window.maximumRow(
                                of: rows, in: ring, width: convolved.width, channels: kernel.columns,
                                scratch: pooledRow, keeping: channels, into: target + done * output.width * channels,
                                mayOverrun: done + 1 < batch * output.height)
                        }
                    }
                }
            }
        }
    }
}

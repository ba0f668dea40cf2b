/// Convolution of each channel with a kernel of its own, with bias and activation.
///
/// Channels-last makes every tap a plain vector multiplication over channels. Four neighbouring output pixels share each
/// loaded weight; pixels whose window crosses the border are computed one by one over the taps that exist.
package struct DepthwiseConvolution: Sendable {
    package let geometry: ConvolutionGeometry
    package let channels: Int
    package let activation: Activation

    /// - Precondition: the kernel has at most five rows.
    package init(geometry: ConvolutionGeometry, channels: Int, activation: Activation = .identity) {
        precondition(geometry.rows.kernel <= DepthwiseRows.largest, "a kernel of \(geometry.kernel)")
        self.geometry = geometry
        self.channels = channels
        self.activation = activation
    }

    /// Weights `[C, 1, kH, kW]` as `[kH · kW, C]`, a row of channels for each tap.
    package static func packed(_ weight: Tensor) -> Tensor {
        let taps = weight.shape[2] * weight.shape[3]
        return weight.reshaped(to: [weight.shape[0], taps]).transposed([1, 0])
    }

    /// - Parameters:
    ///   - input: `[N, H, W, C]` of the geometry's input size.
    ///   - weight: as ``packed(_:)`` makes it.
    ///   - bias: `[C]`.
    /// - Returns: `[N, H′, W′, C]`.
    /// - Precondition: the shapes fit the geometry and the channel count.
    /// - Complexity: O(N · H′ · W′ · kH · kW · C), no scratch.
    /// - Source: PyTorch 2 `torch.nn.functional.conv2d` with `groups` equal to the channels.
    package func callAsFunction(
        _ input: Tensor, weight: Tensor, bias: Tensor, workers: WorkerPool = .current
    ) -> Tensor {
        precondition(
            input.size == geometry.input && input.channels == channels,
            "[N, \(geometry.input), \(channels)] expected, found \(input.shape)")
        precondition(weight.shape == [geometry.kernel.area, channels], "unexpected weight \(weight.shape)")
        precondition(bias.shape == [channels], "\(channels) biases expected, found \(bias.shape)")
        let (batch, size) = (input.batch, geometry.output)
        let row = PortableDepthwiseRow(
            columns: geometry.columns, channels: channels, inputStride: channels, outputStride: channels,
            weightStride: channels, activation: activation)
        return Tensor(shape: [batch, size.height, size.width, channels]) { output in
            Tensor.withPointers(input, weight, bias) { input, weight, bias in
                workers.run(batch * size.height) { index in
                    let (picture, y) = (index / size.height, index % size.height)
                    let target = output + index * size.width * channels
                    let (rows, taps) = windows(under: y, of: input + picture * geometry.input.area * channels)
                    rows.withTable { rows in
                        row.compute(rows, tapRows: taps, weights: weight, bias: bias, into: target, addingTo: nil)
                    }
                }
            }
        }
    }

    /// The input rows under an output row, and which of the kernel's rows find one.
    private func windows(under row: Int, of picture: UnsafePointer<Float>) -> (rows: DepthwiseRows, taps: Range<Int>) {
        let axis = geometry.rows
        let top = row * axis.stride - axis.before
        let taps = axis.taps(ofOutput: row)
        var rows = DepthwiseRows(repeating: picture)
        for tap in taps { rows[tap] = picture + (top + tap) * geometry.columns.input * channels }
        return (rows, taps)
    }
}

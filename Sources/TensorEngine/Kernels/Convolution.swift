/// Two-dimensional convolution (cross-correlation, as every deep-learning framework means it) with bias and activation.
///
/// Pointwise kernels are matrix products on the activations as they lie; others go through ``ImageToColumns``, a tile of
/// output pixels at a time, so that the columns, the product and the activation stay in cache.
package struct Convolution: Sendable {
    package let geometry: ConvolutionGeometry
    package let inputChannels: Int
    package let outputChannels: Int
    package let groups: Int
    package let activation: Activation

    /// - Precondition: `groups` divides both channel counts.
    package init(
        geometry: ConvolutionGeometry, inputChannels: Int, outputChannels: Int, groups: Int = 1,
        activation: Activation = .identity
    ) {
        precondition(
            groups > 0 && inputChannels % groups == 0 && outputChannels % groups == 0,
            "\(groups) groups do not divide \(inputChannels) and \(outputChannels) channels")
        self.geometry = geometry
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.groups = groups
        self.activation = activation
    }

    /// Weights `[O, C/groups, kH, kW]` in the order the product wants: `[groups, kH · kW · C/groups, O/groups]`.
    package static func packed(_ weight: Tensor, groups: Int) -> Tensor {
        let (outputs, inputs) = (weight.shape[0] / groups, weight.shape[1])
        let (height, width) = (weight.shape[2], weight.shape[3])
        return weight.reshaped(to: [groups, outputs, inputs, height, width])
            .transposed([0, 3, 4, 2, 1])
            .reshaped(to: [groups, height * width * inputs, outputs])
    }

    /// - Parameters:
    ///   - input: `[N, H, W, C]` of the geometry's input size.
    ///   - weight: as ``packed(_:groups:)`` makes it.
    ///   - bias: `[O]`.
    /// - Returns: `[N, H′, W′, O]`.
    /// - Precondition: the shapes fit the geometry and the channel counts.
    /// - Complexity: O(N · O · H′ · W′ · kH · kW · C / groups); scratch of one tile's columns a thread.
    /// - Source: PyTorch 2 `torch.nn.functional.conv2d`.
    package func callAsFunction(
        _ input: Tensor, weight: Tensor, bias: Tensor, workers: WorkerPool = .current
    ) -> Tensor {
        precondition(
            input.size == geometry.input && input.channels == inputChannels,
            "[N, \(geometry.input), \(inputChannels)] expected, found \(input.shape)")
        precondition(weight.shape == [groups, depth, outputChannels / groups], "unexpected weight \(weight.shape)")
        precondition(bias.shape == [outputChannels], "\(outputChannels) biases expected, found \(bias.shape)")
        let shape: Shape = [input.batch, geometry.output.height, geometry.output.width, outputChannels]
        let tiles = Tiles(batch: input.batch, pixels: geometry.output.area, threads: workers.threads)
        return Tensor(shape: shape) { output in
            Tensor.withPointers(input, weight, bias) { input, weight, bias in
                let operands = Operands(input: input, weight: weight, bias: bias, output: output)
                workers.run(tiles.count) { compute(tiles[$0], operands) }
            }
        }
    }

    /// Length of the sum behind each output element: kH · kW · C / groups.
    private var depth: Int { geometry.kernel.area * inputChannels / groups }
}

extension Convolution {
    private struct Operands {
        let input: UnsafePointer<Float>
        let weight: UnsafePointer<Float>
        let bias: UnsafePointer<Float>
        let output: UnsafeMutablePointer<Float>
    }

    private func compute(_ tile: Tiles.Tile, _ operands: Operands) {
        let input = operands.input + tile.picture * geometry.input.area * inputChannels
        let firstPixel = tile.picture * geometry.output.area + tile.pixels.lowerBound
        let output = operands.output + firstPixel * outputChannels
        let count = tile.pixels.count
        for row in 0..<count {
            (output + row * outputChannels).update(from: operands.bias, count: outputChannels)
        }
        let (inputsPerGroup, outputsPerGroup) = (inputChannels / groups, outputChannels / groups)
        if geometry.isPointwise {
            for group in 0..<groups {
                let pixels = input + tile.pixels.lowerBound * inputChannels + group * inputsPerGroup
                MatrixMultiply.multiply(
                    .init(pixels, stride: inputChannels),
                    by: .init(operands.weight + group * depth * outputsPerGroup, stride: outputsPerGroup),
                    into: .init(output + group * outputsPerGroup, stride: outputChannels), rows: count,
                    columns: outputsPerGroup, depth: depth, accumulates: true)
            }
        } else {
            withUnsafeTemporaryAllocation(of: Float.self, capacity: count * depth) { columns in
                guard let columns = columns.baseAddress else { return }
                for group in 0..<groups {
                    ImageToColumns.unroll(
                        input, channels: inputChannels,
                        channelRange: (group * inputsPerGroup)..<((group + 1) * inputsPerGroup), geometry: geometry,
                        pixels: tile.pixels, into: columns)
                    MatrixMultiply.multiply(
                        .init(UnsafePointer(columns), stride: depth),
                        by: .init(operands.weight + group * depth * outputsPerGroup, stride: outputsPerGroup),
                        into: .init(output + group * outputsPerGroup, stride: outputChannels), rows: count,
                        columns: outputsPerGroup, depth: depth, accumulates: true)
                }
            }
        }
        activation.apply(to: UnsafeMutableBufferPointer(start: output, count: count * outputChannels))
    }
}

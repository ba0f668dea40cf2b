/// Reduction of each window of a channel to its largest element or its mean.
public struct Pooling: Sendable {
    public enum Reduction: Sendable { case maximum, average }

    public let reduction: Reduction
    public let kernel: Int
    public let stride: Int
    /// Whether a last window that reaches beyond the border is kept (PyTorch's `ceil_mode`); it sees existing pixels only.
    public let roundsUp: Bool

    public init(_ reduction: Reduction, kernel: Int, stride: Int, roundsUp: Bool = false) {
        precondition(kernel > 0 && stride > 0, "kernel \(kernel) and stride \(stride) must be positive")
        self.reduction = reduction
        self.kernel = kernel
        self.stride = stride
        self.roundsUp = roundsUp
    }

    /// How many windows lie along an axis of `input` pixels.
    ///
    /// - Precondition: at least one window fits.
    public func outputExtent(_ input: Int) -> Int {
        precondition(roundsUp ? input > 0 : input >= kernel, "a window of \(kernel) does not fit \(input) pixels")
        guard roundsUp else { return (input - kernel) / stride + 1 }
        let windows = (max(input - kernel, 0) + stride - 1) / stride + 1
        // PyTorch drops a window that would begin beyond the input.
        return (windows - 1) * stride >= input ? windows - 1 : windows
    }

    /// - Parameter input: `[N, H, W, C]`.
    /// - Returns: `[N, H′, W′, C]`.
    /// - Complexity: O(N · H′ · W′ · C · kernel²).
    /// - Source: PyTorch 2 `torch.nn.MaxPool2d`, `torch.nn.AvgPool2d` without padding.
    public func callAsFunction(_ input: Tensor, workers: WorkerPool = .current) -> Tensor {
        let (size, channels) = (input.size, input.channels)
        let output = Size(height: outputExtent(size.height), width: outputExtent(size.width))
        return Tensor(shape: [input.batch, output.height, output.width, channels]) { target in
            input.withPointer { source in
                workers.run(input.batch * output.height) { index in
                    let (picture, row) = (index / output.height, index % output.height)
                    let rows = (row * stride)..<min(row * stride + kernel, size.height)
                    for column in 0..<output.width {
                        let columns = (column * stride)..<min(column * stride + kernel, size.width)
                        reduce(
                            source + picture * size.area * channels, rows, columns, width: size.width,
                            channels: channels, into: target + (index * output.width + column) * channels)
                    }
                }
            }
        }
    }

    private func reduce(
        _ source: UnsafePointer<Float>, _ rows: Range<Int>, _ columns: Range<Int>, width: Int, channels: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        let first = source + (rows.lowerBound * width + columns.lowerBound) * channels
        target.update(from: first, count: channels)
        for row in rows {
            for column in columns where row != rows.lowerBound || column != columns.lowerBound {
                let pixel = source + (row * width + column) * channels
                switch reduction {
                case .maximum: for channel in 0..<channels { target[channel] = max(target[channel], pixel[channel]) }
                case .average: for channel in 0..<channels { target[channel] += pixel[channel] }
                }
            }
        }
        guard reduction == .average else { return }
        let scale = 1 / Float(rows.count * columns.count)
        for channel in 0..<channels { target[channel] *= scale }
    }
}

extension Tensor {
    /// The mean of each channel over all pixels: `[N, H, W, C]` to `[N, C]`.
    ///
    /// Rows of pixels are summed one after the other, each into its own partial sum, which keeps the rounding error near
    /// that of a pairwise sum.
    public func globalAveragePooled() -> Tensor {
        let (size, channels) = (size, channels)
        let batch = batch
        return Tensor(shape: [batch, channels]) { target in
            withPointer { source in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: channels) { row in
                    for picture in 0..<batch {
                        let mean = target + picture * channels
                        mean.update(repeating: 0, count: channels)
                        for y in 0..<size.height {
                            row.update(repeating: 0)
                            let pixels = source + (picture * size.height + y) * size.width * channels
                            for x in 0..<size.width {
                                for channel in 0..<channels { row[channel] += pixels[x * channels + channel] }
                            }
                            for channel in 0..<channels { mean[channel] += row[channel] }
                        }
                        for channel in 0..<channels { mean[channel] /= Float(size.area) }
                    }
                }
            }
        }
    }
}

/// Reduction of each window of a channel to its largest element or its mean.
package struct Pooling: Sendable {
    package enum Reduction: Sendable { case maximum, average }

    package let reduction: Reduction
    package let kernel: Int
    package let stride: Int
    /// Whether a last window that reaches beyond the border is kept (PyTorch's `ceil_mode`); it sees existing pixels only.
    package let roundsUp: Bool

    package init(_ reduction: Reduction, kernel: Int, stride: Int, roundsUp: Bool = false) {
        precondition(kernel > 0 && stride > 0, "kernel \(kernel) and stride \(stride) must be positive")
        self.reduction = reduction
        self.kernel = kernel
        self.stride = stride
        self.roundsUp = roundsUp
    }

    /// How many windows lie along an axis of `input` pixels.
    ///
    /// - Precondition: at least one window fits.
    package func outputExtent(_ input: Int) -> Int {
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
    package func callAsFunction(_ input: Tensor, workers: WorkerPool = .current) -> Tensor {
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
    package func globalAveragePooled() -> Tensor {
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

/// A map that is made row by row and read soon after: only so many rows of it are in memory as a window is high.
package struct RowRing {
    /// `[height of a window, width, channels]`; row r of the map lies at place r modulo that height.
    package let rows: UnsafePointer<Float>
    /// Pixels of a row.
    package let width: Int
    /// A multiple of 8.
    package let channels: Int

    package init(_ rows: UnsafePointer<Float>, width: Int, channels: Int) {
        (self.rows, self.width, self.channels) = (rows, width, channels)
    }
}

extension Pooling {
    /// One row of outputs from the rows of its windows, for layers that make their input row by row.
    ///
    /// Down the windows first and then across: the first sweep is plain vector code over a whole row.
    ///
    /// - Parameters:
    ///   - rows: the rows of the map that the windows cover, ``kernel`` at most.
    ///   - ring: the map, of which it holds ``kernel`` rows.
    ///   - scratch: room for a row of the ring.
    ///   - kept: how many of the channels are written.
    ///   - output: `[W′, kept]`, and room for seven elements more, which may be overwritten.
    /// - Precondition: the reduction is the maximum.
    /// - Complexity: O(width · channels · kernel); allocates nothing.
    package func maximumRow(
        of rows: Range<Int>, in ring: RowRing, scratch: UnsafeMutablePointer<Float>, keeping kept: Int,
        into output: UnsafeMutablePointer<Float>
    ) {
        precondition(
            reduction == .maximum && ring.channels % 8 == 0 && (1...kernel).contains(rows.count),
            "\(rows) of \(ring.channels) channels cannot be pooled row by row")
        let length = ring.width * ring.channels
        let place = { (row: Int) in ring.rows + row % kernel * length }
        var highest = place(rows.lowerBound)
        for row in rows.dropFirst() {
            let source = place(row)
            for offset in Swift.stride(from: 0, to: length, by: 8) {
                scratch.storeVector(Self.maximum(highest.loadVector(offset), source.loadVector(offset)), offset)
            }
            highest = UnsafePointer(scratch)
        }
        for column in 0..<outputExtent(ring.width) {
            let first = column * stride
            let pixels = highest + first * ring.channels
            let others = min(kernel, ring.width - first) - 1
            let target = output + column * kept
            for channel in Swift.stride(from: 0, to: kept, by: 8) {
                var largest = pixels.loadVector(channel)
                for other in 0..<others {
                    largest = Self.maximum(largest, pixels.loadVector((other + 1) * ring.channels + channel))
                }
                // What is written beyond the kept channels is overwritten by the next pixel.
                target.storeVector(largest, channel)
            }
        }
    }

    /// One instruction a vector, which `max` of each lane is not.
    @inline(__always)
    private static func maximum(_ first: SIMD8<Float>, _ second: SIMD8<Float>) -> SIMD8<Float> {
        first.replacing(with: second, where: second .> first)
    }
}

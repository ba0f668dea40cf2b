extension Tensor {
    /// Bilinear interpolation to another size; pixel centres lie at half positions, borders repeat.
    ///
    /// Every output pixel mixes the four nearest input pixels whatever the scale, without smoothing when shrinking.
    ///
    /// - Parameter output: the new height and width, both positive.
    /// - Returns: `[N, output.height, output.width, C]`.
    /// - Complexity: O(N · H′ · W′ · C).
    /// - Source: PyTorch 2 `interpolate(mode: "bilinear", align_corners: false, antialias: false)`.
    package func resizedBilinearly(to output: Size) -> Tensor {
        precondition(output.height > 0 && output.width > 0, "cannot resize to \(output)")
        let (size, channels, batch) = (size, channels, batch)
        let rows = (0..<output.height).map { Neighbours($0, of: output.height, in: size.height) }
        let columns = (0..<output.width).map { Neighbours($0, of: output.width, in: size.width) }
        return Tensor(shape: [batch, output.height, output.width, channels]) { target in
            withPointer { source in
                var target = target
                for picture in 0..<batch {
                    let pixels = source + picture * size.area * channels
                    for row in rows {
                        let (upper, lower) = (row.first * size.width, row.second * size.width)
                        for column in columns {
                            for channel in 0..<channels {
                                let above = column.mix(
                                    pixels[(upper + column.first) * channels + channel],
                                    pixels[(upper + column.second) * channels + channel])
                                let below = column.mix(
                                    pixels[(lower + column.first) * channels + channel],
                                    pixels[(lower + column.second) * channels + channel])
                                target[channel] = row.mix(above, below)
                            }
                            target += channels
                        }
                    }
                }
            }
        }
    }

    /// The two input positions that an output position lies between, and how near it is to the second.
    private struct Neighbours {
        let first: Int
        let second: Int
        let weight: Float

        init(_ position: Int, of output: Int, in input: Int) {
            let source = max((Float(position) + 0.5) * (Float(input) / Float(output)) - 0.5, 0)
            first = min(Int(source), input - 1)
            second = min(first + 1, input - 1)
            weight = source - Float(first)
        }

        func mix(_ first: Float, _ second: Float) -> Float { first * (1 - weight) + second * weight }
    }
}

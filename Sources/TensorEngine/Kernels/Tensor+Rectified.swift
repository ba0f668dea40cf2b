extension Tensor {
    /// Negative elements times their channel's slope; the last dimension holds the channels.
    ///
    /// Without a branch on the sign, which no processor can guess. Eight pixels' slopes in a row are a whole number of
    /// vectors whatever the channel count, so the slopes are laid out so often and run through together.
    ///
    /// - Parameter slope: `[C]`.
    /// - Precondition: `slope` has one element a channel.
    /// - Complexity: O(count); scratch of 8 · C elements.
    /// - Source: PReLU; He et al., 2015, arXiv:1502.01852.
    package func rectified(withSlope slope: Tensor) -> Tensor {
        let channels = slope.shape.count
        precondition(shape.dimensions.last == channels, "\(channels) slopes for \(shape)")
        let period = channels * SIMD8<Float>.scalarCount
        let slopes = Tensor(shape: [period]) { (repeated: UnsafeMutablePointer<Float>) in
            slope.withPointer { slope in
                for index in 0..<period { repeated[index] = slope[index % channels] }
            }
        }
        return Tensor(shape: shape) { (output: UnsafeMutablePointer<Float>) in
            withPointer { input in
                slopes.withPointer { Self.rectify(input, slopes: $0, period: period, count: shape.count, into: output) }
            }
        }
    }

    private static func rectify(
        _ input: UnsafePointer<Float>, slopes: UnsafePointer<Float>, period: Int, count: Int,
        into output: UnsafeMutablePointer<Float>
    ) {
        for start in stride(from: 0, to: count, by: period) {
            let length = min(period, count - start)
            let whole = length & ~(SIMD8<Float>.scalarCount - 1)
            for offset in stride(from: 0, to: whole, by: SIMD8<Float>.scalarCount) {
                let values = input.loadVector(start + offset)
                let scaled = values * slopes.loadVector(offset)
                output.storeVector(values.replacing(with: scaled, where: values .< 0), start + offset)
            }
            for offset in whole..<length {
                let value = input[start + offset]
                output[start + offset] = value < 0 ? value * slopes[offset] : value
            }
        }
    }
}

internal import TensorEngine
package import WeightFile

/// Brings a token's channels to mean 0 and variance 1, and then to a factor and a shift each.
///
/// - Source: Ba et al., 2016, arXiv:1607.06450.
package struct LayerNorm: Sendable {
    private let scale: Tensor
    private let shift: Tensor
    /// What is added to a variance.
    private let epsilon: Float

    /// Reads `weight` and `bias` below `scope`.
    package init(from scope: WeightScope, channels: Int, epsilon: Float) throws(WeightError) {
        scale = try scope.tensor("weight", shape: [channels])
        shift = try scope.tensor("bias", shape: [channels])
        self.epsilon = epsilon
    }

    /// - Parameters:
    ///   - source: `[rows, channels]`, channels a multiple of 8.
    ///   - target: likewise; may be `source`.
    package func apply(rows: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
        let channels = scale.shape.count
        Tensor.withPointers(scale, shift, shift) { scale, shift, _ in
            for row in 0..<rows {
                let (values, result) = (source + row * channels, target + row * channels)
                var sum = SIMD8<Float>.zero
                for channel in stride(from: 0, to: channels, by: 8) { sum += values.loadVector(channel) }
                let mean = sum.sum() / Float(channels)
                var squares = SIMD8<Float>.zero
                for channel in stride(from: 0, to: channels, by: 8) {
                    let difference = values.loadVector(channel) - mean
                    squares += difference * difference
                }
                let factor = 1 / (squares.sum() / Float(channels) + epsilon).squareRoot()
                for channel in stride(from: 0, to: channels, by: 8) {
                    let scaled = (values.loadVector(channel) - mean) * (scale.loadVector(channel) * factor)
                    result.storeVector(scaled + shift.loadVector(channel), channel)
                }
            }
        }
    }
}

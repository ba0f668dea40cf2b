public import TensorEngine

extension Tensor {
    /// Uniform random elements in `range`, the same for the same seed.
    public static func random(_ shape: Shape, in range: ClosedRange<Float> = -1...1, seed: UInt64) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor((0..<shape.count).map { _ in Float.random(in: range, using: &generator) }, shape: shape)
    }
}

import TensorEngine

extension Tensor {
    /// Numbers between −1 and 1 that any language computes alike: (i · 2654435761 mod 2³²) ⁄ 2³¹ − 1, to 16 bits.
    ///
    /// `Benchmarks/Peers/workload.py` makes the same, so that every implementation is timed and compared on one input.
    static func deterministic(_ shape: Shape) -> Tensor {
        Tensor(shape: shape) { elements in
            for index in elements.indices {
                let mixed = UInt32(truncatingIfNeeded: index) &* 2_654_435_761
                elements[index] = Float(mixed >> 16) / 32768 - 1
            }
        }
    }
}

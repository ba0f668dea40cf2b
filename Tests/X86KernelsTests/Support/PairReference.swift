@testable import X86Kernels
import TensorEngine

/// What paired products take off, by the definition in Double.
struct PairReference {
    /// First steps of the pairs in a period.
    private let pairs: [Int]
    private let period: Int

    /// The patterns are written out here: of six steps the first four, of four the first two.
    init(_ products: PairedProducts) {
        (pairs, period) = products == .avx512 ? ([0, 2], 6) : ([0], 4)
    }

    /// Σ x₀x₁ over the pairs.
    func sum(_ depth: Int, _ element: (Int) -> Float) -> Float {
        var sum = 0.0
        for first in stride(from: 0, to: depth, by: period) {
            for step in pairs.map({ first + $0 }) where step < depth {
                sum += Double(element(step)) * Double(element(step + 1))
            }
        }
        return Float(sum)
    }

    func sums(ofRows rows: Int, _ input: [Float], stride: Int, depth: Int) -> [Float] {
        (0..<rows).map { row in sum(depth) { input[row * stride + $0] } }
    }
}

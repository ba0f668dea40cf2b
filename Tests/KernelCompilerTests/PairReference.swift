/// What paired products take off, by the definition in Double.
enum PairReference {
    /// Σ x₀x₁ over the first four of every six elements, two by two.
    static func sum(_ depth: Int, _ element: (Int) -> Float) -> Float {
        var sum = 0.0
        for first in stride(from: 0, to: depth, by: 6) {
            for step in [first, first + 2] where step < depth {
                sum += Double(element(step)) * Double(element(step + 1))
            }
        }
        return Float(sum)
    }

    static func sums(ofRows rows: Int, _ input: [Float], stride: Int, depth: Int) -> [Float] {
        (0..<rows).map { row in sum(depth) { input[row * stride + $0] } }
    }
}

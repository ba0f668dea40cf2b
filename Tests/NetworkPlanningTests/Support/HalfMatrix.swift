import TensorEngine

/// Weights of which somebody knows that they are halves.
struct HalfMatrix: WeightMatrix {
    private let weights: Tensor
    let elementType = ElementType.float16
    var depth: Int { weights.depth }
    var columns: Int { weights.columns }

    init(_ weights: Tensor) { self.weights = weights }

    func write(columns range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        weights.write(columns: range, to: target)
    }
    func rows(_ range: Range<Int>) -> HalfMatrix { HalfMatrix(weights.rows(range)) }
    func padded(rows: Int, columns: Int) -> HalfMatrix { HalfMatrix(weights.padded(rows: rows, columns: columns)) }
}

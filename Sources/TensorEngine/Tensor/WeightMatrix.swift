/// The weights of a matrix product, `[depth, columns]`, wherever they are: a planned layer has them written straight to
/// where its kernels read them.
package protocol WeightMatrix: Sendable {
    /// The smallest type of element that is known to hold every weight exactly.
    var elementType: ElementType { get }

    /// Inputs of the product.
    var depth: Int { get }
    /// Outputs of the product.
    var columns: Int { get }

    /// Writes some columns of all rows, densely: `[depth, range.count]`.
    ///
    /// - Precondition: the range lies in `0..<columns`, and there is room behind `target`.
    /// - Complexity: O(depth · range.count).
    func write(columns range: Range<Int>, to target: UnsafeMutablePointer<Float>)

    /// Some of the rows.
    ///
    /// - Precondition: the range lies in `0..<depth`, and no zeros were added before.
    func rows(_ range: Range<Int>) -> Self

    /// The same with zeros below and to the right.
    ///
    /// - Precondition: no dimension shrinks.
    func padded(rows: Int, columns: Int) -> Self
}

extension WeightMatrix {
    /// All of it as a tensor, `[depth, columns]`.
    package var tensor: Tensor {
        Tensor(shape: [depth, columns]) { write(columns: 0..<columns, to: $0) }
    }
}

/// A tensor of rank 2 is its own matrix of weights.
extension Tensor: WeightMatrix {
    /// Whether a smaller type would hold the values too is not checked.
    package var elementType: ElementType { .float32 }
    package var depth: Int { shape[0] }
    package var columns: Int { shape[1] }

    package func rows(_ range: Range<Int>) -> Tensor {
        precondition(range.lowerBound >= 0 && range.upperBound <= depth, "rows \(range) of \(depth)")
        return Tensor(shape: [range.count, columns]) { target in
            withPointer { target.update(from: $0 + range.lowerBound * columns, count: range.count * columns) }
        }
    }

    package func write(columns range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        withPointer { source in
            for row in 0..<depth {
                (target + row * range.count).update(
                    from: source + row * columns + range.lowerBound, count: range.count)
            }
        }
    }
}

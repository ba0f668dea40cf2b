/// The weights of a matrix product, `[depth, columns]`, wherever they are: a planned layer has them written straight to
/// where its kernels read them.
package protocol WeightMatrix: Sendable {
    /// Whether all weights are numbers of half precision.
    var holdsHalves: Bool { get }

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

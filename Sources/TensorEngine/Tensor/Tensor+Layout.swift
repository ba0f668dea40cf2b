extension Tensor {
    /// The same elements with `order[i]` of this tensor as dimension `i` of the result; `[0, 2, 3, 1]` makes NHWC of NCHW.
    ///
    /// - Precondition: `order` names each dimension once.
    /// - Complexity: O(count · rank); for weights and tests, not for the path of a forward pass.
    public func transposed(_ order: [Int]) -> Tensor {
        precondition(order.sorted() == Array(0..<shape.rank), "\(order) does not permute the dimensions of \(shape)")
        if let (rows, columns) = matrixTransposed(by: order) {
            return transposedMatrix(rows: rows, columns: columns, shape: Shape(order.map { shape[$0] }))
        }
        let extents = order.map { shape[$0] }
        let strides = order.map { shape.strides[$0] }
        return withUnsafeBuffer { source in
            Tensor(shape: Shape(extents)) { target in
                var index = [Int](repeating: 0, count: extents.count)
                var offset = 0
                for position in target.indices {
                    target[position] = source[offset]
                    for dimension in extents.indices.reversed() {
                        index[dimension] += 1
                        offset += strides[dimension]
                        if index[dimension] < extents[dimension] { break }
                        offset -= extents[dimension] * strides[dimension]
                        index[dimension] = 0
                    }
                }
            }
        }
    }

    /// Some of the last dimension's positions, as a tensor of their own: channels of a picture, columns of a matrix.
    ///
    /// - Precondition: they lie inside the last dimension.
    package func lastDimension(_ range: Range<Int>) -> Tensor {
        let extent = shape.dimensions.last ?? 0
        precondition(range.lowerBound >= 0 && range.upperBound <= extent, "\(range) lies outside of \(shape)")
        return withUnsafeBuffer { source in
            Tensor(shape: Shape(shape.dimensions.dropLast() + [range.count])) { target in
                for index in target.indices {
                    target[index] = source[index / range.count * extent + range.lowerBound + index % range.count]
                }
            }
        }
    }

    /// Rows and columns where `order`, dimensions of extent 1 aside, only swaps two blocks of dimensions.
    private func matrixTransposed(by order: [Int]) -> (rows: Int, columns: Int)? {
        let moved = order.filter { shape[$0] != 1 }
        guard let split = moved.indices.dropFirst().first(where: { moved[$0] < moved[$0 - 1] }) else { return nil }
        let (front, back) = (moved[split...], moved[..<split])
        guard Array(front + back) == moved.sorted() else { return nil }
        return (front.reduce(1) { $0 * shape[$1] }, back.reduce(1) { $0 * shape[$1] })
    }

    /// `[rows, columns]` turned to `[columns, rows]`, in squares that fit the first-level cache.
    private func transposedMatrix(rows: Int, columns: Int, shape: Shape) -> Tensor {
        let side = 16
        return Tensor(shape: shape) { (target: UnsafeMutablePointer<Float>) in
            withPointer { source in
                for top in stride(from: 0, to: rows, by: side) {
                    for left in stride(from: 0, to: columns, by: side) {
                        for column in left..<min(left + side, columns) {
                            for row in top..<min(top + side, rows) {
                                target[column * rows + row] = source[row * columns + column]
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Names for the dimensions of an activation tensor, `[N, H, W, C]`.
extension Tensor {
    /// Number of pictures, N.
    public var batch: Int { dimension(0) }
    /// Rows and columns of each picture, H and W.
    public var size: Size { Size(height: dimension(1), width: dimension(2)) }
    /// Channels of each pixel, C.
    public var channels: Int { dimension(3) }

    private func dimension(_ index: Int) -> Int {
        precondition(shape.rank == 4, "[N, H, W, C] expected, found \(shape)")
        return shape[index]
    }
}

extension Tensor {
    /// The same elements with `order[i]` of this tensor as dimension `i` of the result; `[0, 2, 3, 1]` makes NHWC of NCHW.
    ///
    /// - Precondition: `order` names each dimension once.
    /// - Complexity: O(count · rank); for weights and tests, not for the path of a forward pass.
    public func transposed(_ order: [Int]) -> Tensor {
        precondition(order.sorted() == Array(0..<shape.rank), "\(order) does not permute the dimensions of \(shape)")
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
}

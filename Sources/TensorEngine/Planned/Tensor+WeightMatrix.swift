/// A tensor of rank 2 is its own matrix of weights.
extension Tensor: WeightMatrix {
    /// Nobody has looked.
    package var holdsHalves: Bool { false }
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

/// A tensor of rank 2 is its own matrix of weights.
extension Tensor: WeightMatrix {
    package var depth: Int { shape[0] }
    package var columns: Int { shape[1] }

    package func write(columns range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        withPointer { source in
            for row in 0..<depth {
                (target + row * range.count).update(
                    from: source + row * columns + range.lowerBound, count: range.count)
            }
        }
    }
}

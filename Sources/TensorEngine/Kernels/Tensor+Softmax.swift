#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Tensor {
    /// e^(x / temperature) over its sum, along the last dimension.
    ///
    /// The largest element is subtracted first, so no exponential overflows.
    ///
    /// - Parameter temperature: above 1 makes the probabilities softer; the calibration of Guo et al., 2017,
    ///   arXiv:1706.04599.
    /// - Returns: the same shape; each row is positive and sums to 1.
    /// - Precondition: `temperature` is positive and the last dimension is not empty.
    public func softmax(temperature: Float = 1) -> Tensor {
        precondition(temperature > 0, "temperature \(temperature) must be positive")
        let length = shape.dimensions.last ?? 1
        precondition(length > 0, "softmax of an empty row in \(shape)")
        var result = self
        result.withUnsafeMutableBuffer { elements in
            for start in stride(from: 0, to: elements.count, by: length) {
                let row = UnsafeMutableBufferPointer(rebasing: elements[start..<(start + length)])
                let largest = row.reduce(-Float.infinity, max)
                for index in row.indices { row[index] = expf((row[index] - largest) / temperature) }
                let sum = row.reduce(0, +)
                for index in row.indices { row[index] /= sum }
            }
        }
        return result
    }
}

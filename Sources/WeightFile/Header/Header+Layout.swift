extension Header {
    /// Checks that the tensors lie side by side from the payload's first byte to its last.
    ///
    /// Bytes that belong to no tensor could smuggle anything past a reader; bytes that belong to two would let one
    /// file mean different things.
    func checkLayout(payloadByteCount: Int, path: String) throws(WeightError) {
        let inOrder = tensors.values.sorted {
            // Tensors without elements may share a place with the one that follows.
            ($0.span.lowerBound, $0.span.upperBound, $0.name) < ($1.span.lowerBound, $1.span.upperBound, $1.name)
        }
        var end = 0
        for tensor in inOrder {
            let begin = tensor.span.lowerBound
            guard begin <= end else {
                throw .hole(path: path, name: tensor.name, expectedBegin: end, actualBegin: begin)
            }
            guard begin == end else {
                throw .overlap(path: path, name: tensor.name, expectedBegin: end, actualBegin: begin)
            }
            end = tensor.span.upperBound
        }
        guard end <= payloadByteCount else {
            throw .payloadTooShort(path: path, expected: end, actual: payloadByteCount)
        }
        guard end == payloadByteCount else {
            throw .trailingBytes(path: path, expected: end, actual: payloadByteCount)
        }
    }
}

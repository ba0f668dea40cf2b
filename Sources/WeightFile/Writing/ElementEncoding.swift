import TensorEngine

/// Turns a tensor's elements into the bytes of a file.
enum ElementEncoding {
    /// Appends every element in row-major order; returns the index of the first that is not finite in `type`.
    static func append(_ tensor: Tensor, as type: ElementType, to bytes: inout [UInt8]) -> Int? {
        tensor.withUnsafeBuffer { elements in
            for (index, element) in elements.enumerated() {
                switch type {
                case .float16:
                    let half = HalfPrecision.narrow(element)
                    guard HalfPrecision.isFinite(half) else { return index }
                    append(half, to: &bytes)
                case .float32:
                    guard element.isFinite else { return index }
                    append(element.bitPattern, to: &bytes)
                }
            }
            return nil
        }
    }

    private static func append(_ word: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

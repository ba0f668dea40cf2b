/// Base pointers for kernels, which check shapes first and then walk the dense storage themselves.
extension Tensor {
    /// A tensor of `shape` filled by `fill`, which must write every element.
    package init(shape: Shape, filling fill: (UnsafeMutablePointer<Float>) -> Void) {
        self.init(shape: shape) { (buffer: UnsafeMutableBufferPointer<Float>) in
            if let base = buffer.baseAddress { fill(base) }
        }
    }

    /// A vector of `count` packed weights, beside those of other layers in memory, filled by `fill`: with every element, or
    /// later, before any is read.
    package init(weightCount count: Int, filling fill: (UnsafeMutablePointer<Float>) -> Void) {
        let storage = TensorStorage(weightCount: count)
        self.init(shape: [count], storage: storage)
        fill(storage.base)
    }

    /// Calls `body` with the first element's address; not for empty tensors.
    package func withPointer(_ body: (UnsafePointer<Float>) -> Void) {
        withUnsafeBuffer { if let base = $0.baseAddress { body(base) } }
    }

    /// Calls `body` with the first element's address for changing elements in place.
    package mutating func withMutablePointer(_ body: (UnsafeMutablePointer<Float>) -> Void) {
        withUnsafeMutableBuffer { if let base = $0.baseAddress { body(base) } }
    }

    /// Calls `body` with the addresses of three tensors: usually input, weight and bias.
    package static func withPointers(
        _ first: Tensor, _ second: Tensor, _ third: Tensor,
        _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
    ) {
        first.withPointer { first in second.withPointer { second in third.withPointer { body(first, second, $0) } } }
    }
}

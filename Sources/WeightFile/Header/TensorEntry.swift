import TensorEngine

/// What the header says of one tensor.
struct TensorEntry: Equatable, Sendable {
    let name: String
    let type: ElementType
    let shape: Shape
    /// Bytes of the payload that hold the elements in row-major order.
    let span: Range<Int>
}

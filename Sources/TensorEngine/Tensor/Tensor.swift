/// A dense, row-major block of `Float` with a shape: a value, copied on write, safe to hand to other tasks.
///
/// The engine computes on whole tensors through the kernels in this module; a tensor itself offers only its shape,
/// its elements and reshaping. Views with other strides are deliberately absent: every kernel may rely on dense rows.
public struct Tensor: Sendable {
    public let shape: Shape
    private(set) var storage: TensorStorage

    /// A tensor of `shape` filled by `initialize`, which must write every element.
    public init(shape: Shape, initializingWith initialize: (UnsafeMutableBufferPointer<Float>) throws -> Void) rethrows
    {
        self.shape = shape
        storage = TensorStorage(uninitializedCount: shape.count)
        try initialize(UnsafeMutableBufferPointer(start: storage.base, count: shape.count))
    }

    public init(repeating value: Float, shape: Shape) {
        self.init(shape: shape) { $0.initialize(repeating: value) }
    }

    public init(zeros shape: Shape) { self.init(repeating: 0, shape: shape) }

    /// - Precondition: `scalars.count == shape.count`.
    public init(_ scalars: some Collection<Float>, shape: Shape) {
        precondition(scalars.count == shape.count, "\(scalars.count) scalars do not fill the shape \(shape)")
        self.init(shape: shape) { _ = $0.initialize(from: scalars) }
    }

    /// The elements in row-major order. Complexity: O(count), a copy.
    public var scalars: [Float] { withUnsafeBuffer(Array.init) }

    /// The element at `index`, one position per dimension.
    ///
    /// - Precondition: `index` has `shape.rank` positions, each inside its dimension.
    public subscript(index: Int...) -> Float { withUnsafeBuffer { $0[offset(of: index)] } }

    /// The same elements under another shape. Complexity: O(1), the storage is shared.
    ///
    /// - Precondition: `shape.count == self.shape.count`.
    public func reshaped(to shape: Shape) -> Tensor {
        precondition(shape.count == self.shape.count, "cannot reshape \(self.shape) to \(shape)")
        return Tensor(shape: shape, storage: storage)
    }

    /// Calls `body` with the elements in row-major order.
    public func withUnsafeBuffer<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeBufferPointer(start: storage.base, count: shape.count))
    }

    /// Calls `body` with the elements for changing them in place; copies them first when the storage is shared.
    public mutating func withUnsafeMutableBuffer<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        if !isKnownUniquelyReferenced(&storage) { self = Tensor(scalars, shape: shape) }
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeMutableBufferPointer(start: storage.base, count: shape.count))
    }

    init(shape: Shape, storage: TensorStorage) {
        self.shape = shape
        self.storage = storage
    }

    private func offset(of index: [Int]) -> Int {
        precondition(index.count == shape.rank, "\(index.count) positions given for the shape \(shape)")
        return zip(index, zip(shape.dimensions, shape.strides)).reduce(0) { offset, position in
            let (index, (extent, stride)) = position
            precondition(index >= 0 && index < extent, "index \(index) outside of dimension \(extent) in \(shape)")
            return offset + index * stride
        }
    }
}

extension Tensor: CustomStringConvertible {
    /// `Tensor[1, 7]`
    public var description: String { "Tensor\(shape)" }
}

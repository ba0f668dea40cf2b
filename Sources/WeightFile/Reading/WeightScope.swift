public import TensorEngine

/// A place in the tree that dotted tensor names span: `backbone.blocks.0` holds `conv_dw.weight`.
///
/// A layer takes a scope and reads its own tensors from it without knowing where in the network it stands; errors
/// name the full path all the same.
///
/// ```swift
/// let block = file.root.child("backbone").child("blocks").child("0")
/// let kernel = try block.child("conv_dw").tensor("weight", shape: [32, 1, 3, 3])
/// ```
public struct WeightScope: Sendable {
    private let file: WeightReader
    /// The names on the way here, each followed by a dot; empty at the root.
    private let prefix: String

    init(file: WeightReader, prefix: String) {
        self.file = file
        self.prefix = prefix
    }

    /// The scope one name, or several joined by dots, further down. Whether it holds anything shows on reading.
    public func child(_ name: String) -> WeightScope { WeightScope(file: file, prefix: prefix + name + ".") }

    /// The tensor `name` of this scope, its elements expanded to `Float`; marks it as read.
    ///
    /// - Parameter shape: what the network expects, in the file's own order, `[O, I / groups, kH, kW]` for weights.
    /// - Throws: ``WeightError/missingTensor(path:name:)``, ``WeightError/shapeMismatch(path:name:expected:actual:)``,
    ///   ``WeightError/nonFiniteValue(path:name:index:)``, each with the full dotted name.
    /// - Complexity: O(elements), a copy.
    public func tensor(_ name: String, shape: Shape) throws(WeightError) -> Tensor {
        try file.tensor(prefix + name, shape: shape)
    }

    /// The tensor `name` of this scope as a matrix `[I, O]`, transposed when its columns are wanted; marks it as read.
    ///
    /// - Parameter shape: `[O, I]`, or with further dimensions of 1 behind.
    /// - Throws: what ``tensor(_:shape:)`` does.
    /// - Complexity: O(elements), a look at each; nothing is copied.
    package func matrix(_ name: String, shape: Shape) throws(WeightError) -> StoredMatrix {
        try file.matrix(prefix + name, shape: shape)
    }
}

import TensorEngine

/// A matrix of weights that stays in its file, `[outputs, inputs]` there, until its columns are written where they are
/// needed: expanded to `Float`, transposed and scaled in one pass.
///
/// Its elements have been checked: all are finite. Keeps the file mapped.
package struct StoredMatrix: WeightMatrix {
    private let file: MappedFile
    /// The first element's place in the file.
    private let offset: Int
    private let type: ElementType
    private let inputs: Int
    private let outputs: Int
    /// Elements from one output to the next in the file.
    private let pitch: Int
    /// One factor a column; none for 1.
    private let scale: Tensor?
    package let depth: Int
    package let columns: Int

    package var elementType: ElementType { scale == nil ? type : .float32 }

    init(file: MappedFile, offset: Int, type: ElementType, outputs: Int, inputs: Int) {
        self.init(
            file: file, offset: offset, type: type, inputs: inputs, outputs: outputs, pitch: inputs, scale: nil,
            depth: inputs, columns: outputs)
    }

    private init(
        file: MappedFile, offset: Int, type: ElementType, inputs: Int, outputs: Int, pitch: Int, scale: Tensor?,
        depth: Int, columns: Int
    ) {
        self.file = file
        self.offset = offset
        self.type = type
        self.inputs = inputs
        self.outputs = outputs
        self.pitch = pitch
        self.scale = scale
        self.depth = depth
        self.columns = columns
    }

    package func padded(rows: Int, columns: Int) -> StoredMatrix {
        precondition(
            rows >= depth && columns >= self.columns, "cannot pad [\(depth), \(self.columns)] to \(rows)×\(columns)")
        return StoredMatrix(
            file: file, offset: offset, type: type, inputs: inputs, outputs: outputs, pitch: pitch, scale: scale,
            depth: rows, columns: columns)
    }

    package func rows(_ range: Range<Int>) -> StoredMatrix {
        precondition(
            depth == inputs && range.lowerBound >= 0 && range.upperBound <= inputs, "rows \(range) of \(inputs)")
        return StoredMatrix(
            file: file, offset: offset + range.lowerBound * type.byteCount, type: type, inputs: range.count,
            outputs: outputs, pitch: pitch, scale: scale, depth: range.count, columns: columns)
    }

    /// The same with each column times its factor, which is how a batch norm behind the product is folded in.
    ///
    /// - Precondition: one factor a column of the file, and none given before.
    package func scaled(byColumn factors: Tensor) -> StoredMatrix {
        precondition(
            factors.shape.count == outputs && scale == nil, "\(factors.shape.count) factors for \(outputs) columns")
        return StoredMatrix(
            file: file, offset: offset, type: type, inputs: inputs, outputs: outputs, pitch: pitch, scale: factors,
            depth: depth, columns: columns)
    }

    package func write(columns range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
        let writing = StoredMatrixWriting(
            elements: UnsafeRawBufferPointer(rebasing: file.bytes[offset...]), type: type, inputs: inputs,
            outputs: outputs, pitch: pitch, depth: depth, columns: range)
        if let scale {
            scale.withPointer { writing.write(to: target, scale: $0) }
        } else {
            writing.write(to: target, scale: nil)
        }
        withExtendedLifetime(file) {}
    }

    /// One output's weights in the file's own order: a row of a table that is looked up.
    ///
    /// - Precondition: the matrix is as the file has it, neither scaled nor padded, and there is room for `depth` floats.
    /// - Complexity: O(depth).
    package func write(output index: Int, to target: UnsafeMutablePointer<Float>) {
        precondition(
            scale == nil && depth == inputs && (0..<outputs).contains(index), "no row \(index) among \(outputs)")
        let begin = offset + index * pitch * type.byteCount
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[begin..<(begin + inputs * type.byteCount)])
        _ = ElementExpansion.expand(
            bytes, of: type, into: UnsafeMutableBufferPointer(start: target, count: inputs))
        withExtendedLifetime(file) {}
    }
}

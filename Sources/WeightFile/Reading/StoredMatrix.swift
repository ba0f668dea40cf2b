import TensorEngine

/// A matrix of weights that stays in its file, `[outputs, inputs]` there, until its columns are written where they are
/// needed: expanded to `Float`, transposed and scaled in one pass.
///
/// Its elements have been checked: all are finite. Keeps the file mapped.
package struct StoredMatrix: WeightMatrix {
    private let file: MappedFile
    private let type: ElementType
    private let outputs: Int
    /// Elements from one output to the next in the file.
    private let pitch: Int
    /// The first element's place in the file.
    private var offset: Int
    private var inputs: Int
    /// One factor a column; none for 1.
    private var scale: Tensor?
    /// ``inputs`` and rows of zeros.
    package private(set) var depth: Int
    /// ``outputs`` and columns of zeros.
    package private(set) var columns: Int

    package var elementType: ElementType { scale == nil ? type : .float32 }

    init(file: MappedFile, offset: Int, type: ElementType, outputs: Int, inputs: Int) {
        (self.file, self.offset, self.type) = (file, offset, type)
        (self.outputs, columns) = (outputs, outputs)
        (self.inputs, pitch, depth) = (inputs, inputs, inputs)
    }

    package func padded(rows: Int, columns: Int) -> StoredMatrix {
        precondition(
            rows >= depth && columns >= self.columns, "cannot pad [\(depth), \(self.columns)] to \(rows)×\(columns)")
        var padded = self
        (padded.depth, padded.columns) = (rows, columns)
        return padded
    }

    package func rows(_ range: Range<Int>) -> StoredMatrix {
        precondition(
            depth == inputs && range.lowerBound >= 0 && range.upperBound <= inputs, "rows \(range) of \(inputs)")
        var some = self
        some.offset += range.lowerBound * type.byteCount
        (some.inputs, some.depth) = (range.count, range.count)
        return some
    }

    /// The same with each column times its factor, which is how a batch norm behind the product is folded in.
    ///
    /// - Precondition: one factor a column of the file, and none given before.
    package func scaled(byColumn factors: Tensor) -> StoredMatrix {
        precondition(
            factors.shape.count == outputs && scale == nil, "\(factors.shape.count) factors for \(outputs) columns")
        var scaled = self
        scaled.scale = factors
        return scaled
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

import TensorEngine

/// What the header says of one tensor.
struct TensorEntry: Equatable, Sendable {
    let name: String
    let type: ElementType
    let shape: Shape
    /// Bytes of the payload that hold the elements in row-major order.
    let span: Range<Int>
}

extension TensorEntry {
    /// Parses `{"dtype": "F16", "shape": [7, 512], "data_offsets": [0, 7168]}`, each field once, in any order.
    init(parsing scanner: inout HeaderScanner, name: String) throws(WeightError) {
        let path = scanner.path
        var typeName: String?
        var dimensions: [Int]?
        var offsets: [Int]?
        var isFirst = true
        try scanner.expect("{")
        while try scanner.findMember(before: "}", isFirst: &isFirst) {
            let offset = scanner.offset
            let field = try scanner.scanKey()
            let isDuplicate =
                switch field {
                case "dtype": typeName != nil
                case "shape": dimensions != nil
                case "data_offsets": offsets != nil
                default: throw WeightError.unknownField(path: path, name: name, field: field)
                }
            guard !isDuplicate else { throw .duplicateKey(path: path, offset: offset, key: field) }
            switch field {
            case "dtype": typeName = try scanner.scanString()
            case "shape": dimensions = try scanner.scanNaturalNumbers()
            default: offsets = try scanner.scanNaturalNumbers()
            }
        }
        guard let typeName else { throw .missingField(path: path, name: name, field: "dtype") }
        guard let dimensions else { throw .missingField(path: path, name: name, field: "shape") }
        guard let offsets else { throw .missingField(path: path, name: name, field: "data_offsets") }
        guard let type = ElementType(rawValue: typeName) else {
            throw .unsupportedType(path: path, name: name, type: typeName)
        }
        try self.init(path: path, name: name, type: type, dimensions: dimensions, offsets: offsets)
    }

    private init(
        path: String, name: String, type: ElementType, dimensions: [Int], offsets: [Int]
    ) throws(WeightError) {
        guard dimensions.count <= WeightLimits.rank else {
            throw .rankTooLarge(path: path, name: name, rank: dimensions.count, limit: WeightLimits.rank)
        }
        guard offsets.count == 2 else { throw .offsetCount(path: path, name: name, count: offsets.count) }
        guard offsets[0] <= offsets[1] else {
            throw .offsetsReversed(path: path, name: name, begin: offsets[0], end: offsets[1])
        }
        guard let byteCount = Self.byteCount(of: dimensions, type: type) else {
            throw .shapeTooLarge(path: path, name: name, dimensions: dimensions)
        }
        guard offsets[1] - offsets[0] == byteCount else {
            throw .spanMismatch(path: path, name: name, expected: byteCount, actual: offsets[1] - offsets[0])
        }
        self.init(name: name, type: type, shape: Shape(dimensions), span: offsets[0]..<offsets[1])
    }

    /// Bytes that elements of this shape take, nil where they or the strides of the shape do not fit an `Int`.
    private static func byteCount(of dimensions: [Int], type: ElementType) -> Int? {
        var count = type.byteCount
        // A zero must not hide an overflow of the others: strides are products without the outermost dimensions.
        for dimension in dimensions where dimension != 0 {
            let (product, overflows) = count.multipliedReportingOverflow(by: dimension)
            guard !overflows else { return nil }
            count = product
        }
        return dimensions.contains(0) ? 0 : count
    }
}

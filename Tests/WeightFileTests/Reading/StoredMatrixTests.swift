import TensorEngine
import Testing

@testable import WeightFile

/// Matrices left in their file, compared with the tensor of the same name transposed.
@Suite struct StoredMatrixTests {
    /// Outputs and inputs around the eight lanes and the stripe of 256 rows.
    private static let sizes = [[1, 1], [7, 9], [8, 8], [9, 7], [24, 40], [13, 33], [17, 256], [9, 521]]

    @Test(arguments: sizes, [ElementType.float16, .float32])
    func writesEveryRangeOfColumns(size: [Int], type: ElementType) throws {
        let shape = Shape(size)
        let file = try file(shape, type)
        let expected = try file.root.tensor("weight", shape: shape).transposed([1, 0])
        let matrix = try file.root.matrix("weight", shape: shape)
        #expect(matrix.depth == size[1] && matrix.columns == size[0])
        #expect(matrix.elementType == type)
        #expect(matrix.tensor.scalars == expected.scalars)
        for range in [0..<size[0], size[0] / 3..<size[0], 0..<(size[0] + 1) / 2, size[0] / 2..<size[0] / 2] {
            #expect(columns(range, of: matrix) == columns(range, of: expected))
        }
    }

    @Test(arguments: sizes, [ElementType.float16, .float32])
    func cutsRowsOut(size: [Int], type: ElementType) throws {
        let file = try file(Shape(size), type)
        let (depth, width) = (size[1], size[0])
        let whole = try file.root.tensor("weight", shape: Shape(size)).transposed([1, 0])
        let factors = Tensor((0..<width).map { 0.3 + Float($0) * 0.7 }, shape: [width])
        let matrix = try file.root.matrix("weight", shape: Shape(size))
        let scaled = whole.scaledAndShifted(byChannel: factors, Tensor(zeros: [width]))
        for range in [0..<depth, 0..<(depth + 1) / 2, depth / 3..<depth, depth / 2..<depth / 2] {
            let rows = matrix.rows(range)
            let elements = (range.lowerBound * width)..<(range.upperBound * width)
            #expect(rows.depth == range.count && rows.columns == width)
            #expect(rows.tensor.scalars == Array(whole.scalars[elements]))
            #expect(whole.rows(range).scalars == Array(whole.scalars[elements]))
            #expect(matrix.scaled(byColumn: factors).rows(range).tensor.scalars == Array(scaled.scalars[elements]))
            let padded = rows.padded(rows: range.count + 9, columns: width + 3)
            #expect(
                padded.tensor.scalars
                    == whole.rows(range).padded(rows: range.count + 9, columns: width + 3).scalars)
        }
    }

    /// A row of the file is a column of the matrix.
    @Test(arguments: sizes, [ElementType.float16, .float32])
    func writesOneOutput(size: [Int], type: ElementType) throws {
        let file = try file(Shape(size), type)
        let matrix = try file.root.matrix("weight", shape: Shape(size))
        for output in 0..<size[0] {
            let row = Tensor(shape: [size[1]]) { matrix.write(output: output, to: $0) }
            #expect(row.scalars == Array(columns(output..<(output + 1), of: matrix)[8..<(8 + size[1])]))
        }
    }

    @Test(arguments: sizes) func addsZerosBelowAndToTheRight(size: [Int]) throws {
        let file = try file(Shape(size), .float16)
        let expected = try file.root.tensor("weight", shape: Shape(size)).transposed([1, 0])
        let matrix = try file.root.matrix("weight", shape: Shape(size))
        let (depth, width) = (size[1], size[0])
        for (rows, columns) in [(depth, width + 5), (depth + 9, width), (depth + 3, width + 8)] {
            let padded = matrix.padded(rows: rows, columns: columns)
            #expect(padded.tensor.scalars == expected.padded(rows: rows, columns: columns).scalars)
        }
    }

    @Test(arguments: sizes, [ElementType.float16, .float32])
    func scalesEachColumn(size: [Int], type: ElementType) throws {
        let file = try file(Shape(size), type)
        let factors = Tensor((0..<size[0]).map { 0.3 + Float($0) * 0.7 }, shape: [size[0]])
        let whole = try file.root.tensor("weight", shape: Shape(size)).transposed([1, 0])
        let expected = whole.scaledAndShifted(byChannel: factors, Tensor(zeros: [size[0]]))
        let matrix = try file.root.matrix("weight", shape: Shape(size)).scaled(byColumn: factors)
        #expect(matrix.tensor.scalars == expected.scalars)
        #expect(matrix.elementType == .float32)
        let padded = matrix.padded(rows: size[1] + 8, columns: size[0] + 8)
        let places = 1..<size[0] + 8
        let paddedExpected = expected.padded(rows: size[1] + 8, columns: size[0] + 8)
        #expect(columns(places, of: padded) == columns(places, of: paddedExpected))
    }

    @Test func takesDimensionsOfOneBehindAndOutlivesItsFile() throws {
        let matrix = try file([10, 6, 1, 1], .float16).root.matrix("weight", shape: [10, 6, 1, 1])
        let values = Self.values(60)
        #expect(matrix.tensor.shape == [6, 10])
        let expected: [Float] = (0..<60).map { index in values[index % 10 * 6 + index / 10] }
        #expect(matrix.tensor.scalars == expected)
    }

    @Test func refusesWhatTensorsAreRefusedFor() throws {
        let source = try file([4, 6], .float16)
        #expect(throws: WeightError.missingTensor(path: source.path, name: "gain")) {
            try source.root.matrix("gain", shape: [4, 6])
        }
        #expect(
            throws: WeightError.shapeMismatch(path: source.path, name: "weight", expected: [6, 4], actual: [4, 6])
        ) {
            try source.root.matrix("weight", shape: [6, 4])
        }
        #expect(throws: WeightError.surplusTensors(path: source.path, names: ["weight"])) {
            try source.requireEverythingRead()
        }
        _ = try source.root.matrix("weight", shape: [4, 6])
        try source.requireEverythingRead()
    }

    @Test(arguments: [0, 7, 8, 16, 17]) func namesTheElementThatIsNotFinite(index: Int) throws {
        for (type, bytes) in [(ElementType.float16, [0x00, 0xFC]), (.float32, [0x00, 0x00, 0xC0, 0x7F])] {
            var writer = WeightWriter()
            writer.add(Tensor(Self.values(18), shape: [6, 3]), named: "weight", as: type)
            var text = try writer.encoded(path: "w")
            let start = text.count - (18 - index) * bytes.count
            let payload = 18 * bytes.count
            let intact = try #require(text.suffix(payload).withUnsafeBytes(PayloadDigest.hexadecimal))
            text.replaceSubrange(start..<(start + bytes.count), with: bytes.map(UInt8.init))
            let damaged = try #require(text.suffix(payload).withUnsafeBytes(PayloadDigest.hexadecimal))
            let place = try #require(text.indices.first { text[$0...].starts(with: intact.utf8) })
            text.replaceSubrange(place..<(place + 64), with: damaged.utf8)
            let source = TemporaryFile(text)
            let file = try WeightReader(contentsOf: source.path)
            #expect(throws: WeightError.nonFiniteValue(path: source.path, name: "weight", index: index)) {
                try file.root.matrix("weight", shape: [6, 3])
            }
            #expect(throws: WeightError.surplusTensors(path: source.path, names: ["weight"])) {
                try file.requireEverythingRead()
            }
        }
    }

    /// Halves of both signs, some of them subnormal.
    private static func values(_ count: Int) -> [Float] {
        (0..<count).map { index in
            let unit: Float = index % 5 == 0 ? 0x1p-24 : 0x1p-6
            return unit * Float(index * 37 % 101 - 50)
        }
    }

    private func file(_ shape: Shape, _ type: ElementType) throws -> WeightReader {
        var writer = WeightWriter()
        writer.add(Tensor(Self.values(shape.count), shape: shape), named: "weight", as: type)
        let source = TemporaryFile()
        try writer.write(to: source.path)
        return try WeightReader(contentsOf: source.path)
    }

    /// What is written, between floats that must not be touched.
    private func columns(_ range: Range<Int>, of matrix: any WeightMatrix) -> [Float] {
        var written = [Float](repeating: 1234, count: matrix.depth * range.count + 16)
        written.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { matrix.write(columns: range, to: base + 8) }
        }
        return written
    }
}

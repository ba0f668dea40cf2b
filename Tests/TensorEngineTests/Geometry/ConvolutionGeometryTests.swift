import TensorEngine
import Testing

@Suite struct ConvolutionGeometryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let input: Int
        let kernel: Int
        let stride: Int
        let padding: Padding
        let before: Int
        let after: Int
        let output: Int
        var testDescription: String { "\(input) by \(kernel) stride \(stride) \(padding)" }
    }

    /// Expected values worked out by hand from PyTorch's and TensorFlow's formulas.
    static let cases = [
        Case(input: 260, kernel: 3, stride: 2, padding: .symmetric(1), before: 1, after: 1, output: 130),
        Case(input: 260, kernel: 3, stride: 2, padding: .same, before: 0, after: 1, output: 130),
        Case(input: 65, kernel: 5, stride: 2, padding: .symmetric(2), before: 2, after: 2, output: 33),
        Case(input: 65, kernel: 5, stride: 2, padding: .same, before: 2, after: 2, output: 33),
        Case(input: 17, kernel: 3, stride: 1, padding: .same, before: 1, after: 1, output: 17),
        Case(input: 12, kernel: 3, stride: 1, padding: .valid, before: 0, after: 0, output: 10),
        Case(input: 7, kernel: 1, stride: 2, padding: .same, before: 0, after: 0, output: 4),
        Case(input: 1, kernel: 3, stride: 1, padding: .symmetric(1), before: 1, after: 1, output: 1),
        Case(input: 1, kernel: 1, stride: 1, padding: .valid, before: 0, after: 0, output: 1),
        Case(input: 2, kernel: 5, stride: 2, padding: .same, before: 1, after: 2, output: 1),
    ]

    @Test(arguments: cases) func followsTheFrameworksFormulas(_ expected: Case) {
        let axis = AxisGeometry(
            input: expected.input, kernel: expected.kernel, stride: expected.stride, padding: expected.padding)
        #expect(axis.before == expected.before)
        #expect(axis.after == expected.after)
        #expect(axis.output == expected.output)
    }

    @Test func pointwiseMeansAPlainMatrixProduct() {
        let size = Size(height: 9, width: 11)
        #expect(ConvolutionGeometry(input: size, kernel: Size(side: 1), stride: 1, padding: .same).isPointwise)
        #expect(!ConvolutionGeometry(input: size, kernel: Size(side: 1), stride: 2, padding: .same).isPointwise)
        #expect(!ConvolutionGeometry(input: size, kernel: Size(side: 3), stride: 1, padding: .same).isPointwise)
    }
}

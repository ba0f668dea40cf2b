import TensorEngine
import TestSupport
import Testing

@Suite struct DepthwiseConvolutionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var batch = 1
        let size: Size
        let channels: Int
        let kernel: Int
        var stride = 1
        var padding = Padding.same
        var testDescription: String { "\(batch)×\(size)×\(channels) kernel \(kernel) stride \(stride) \(padding)" }
    }

    static let cases = [
        Case(size: Size(side: 1), channels: 1, kernel: 3),
        Case(size: Size(height: 9, width: 13), channels: 8, kernel: 3, padding: .symmetric(1)),
        Case(batch: 2, size: Size(height: 9, width: 12), channels: 11, kernel: 3, stride: 2),
        Case(size: Size(height: 11, width: 17), channels: 16, kernel: 5, padding: .symmetric(2)),
        Case(size: Size(height: 12, width: 15), channels: 9, kernel: 5, stride: 2, padding: .symmetric(2)),
        Case(size: Size(side: 2), channels: 8, kernel: 5),
        Case(size: Size(height: 6, width: 8), channels: 3, kernel: 3, padding: .valid),
    ]

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) {
        let input = Tensor.random([test.batch, test.size.height, test.size.width, test.channels], seed: 11)
        let weight = Tensor.random([test.channels, 1, test.kernel, test.kernel], seed: 12)
        let bias = Tensor.random([test.channels], seed: 13)
        let convolution = DepthwiseConvolution(
            geometry: ConvolutionGeometry(
                input: test.size, kernel: Size(side: test.kernel), stride: test.stride, padding: test.padding),
            channels: test.channels)
        let expected = NaiveConvolution(
            input, weight: weight, bias: bias, stride: test.stride, padding: test.padding, groups: test.channels)
        let output = convolution(input, weight: DepthwiseConvolution.packed(weight), bias: bias)
        #expect(Tolerance.worstRatio(output, expected.output, expected.tolerance) <= 1)
    }
}

import TensorEngine
import TestSupport
import Testing

@Suite struct ConvolutionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var batch = 1
        let size: Size
        let inputs: Int
        let outputs: Int
        let kernel: Size
        var stride = 1
        var padding = Padding.valid
        var groups = 1
        var testDescription: String {
            "\(batch)×\(size)×\(inputs)→\(outputs) kernel \(kernel) stride \(stride) \(padding) groups \(groups)"
        }
    }

    static let cases = [
        Case(size: Size(side: 1), inputs: 1, outputs: 1, kernel: Size(side: 1)),
        Case(batch: 3, size: Size(height: 5, width: 7), inputs: 13, outputs: 9, kernel: Size(side: 1)),
        Case(batch: 2, size: Size(height: 7, width: 5), inputs: 8, outputs: 12, kernel: Size(side: 1), groups: 4),
        Case(size: Size(height: 7, width: 5), inputs: 4, outputs: 6, kernel: Size(side: 1), stride: 2, padding: .same),
        Case(size: Size(height: 9, width: 11), inputs: 3, outputs: 5, kernel: Size(side: 3), padding: .symmetric(1)),
        Case(
            batch: 2, size: Size(height: 10, width: 9), inputs: 3, outputs: 8, kernel: Size(side: 3), stride: 2,
            padding: .same),
        Case(size: Size(height: 8, width: 9), inputs: 6, outputs: 9, kernel: Size(side: 3), stride: 2, groups: 3),
        Case(size: Size(height: 6, width: 9), inputs: 2, outputs: 3, kernel: Size(height: 5, width: 2)),
        Case(size: Size(side: 2), inputs: 2, outputs: 2, kernel: Size(side: 5), padding: .symmetric(2)),
    ]

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) {
        let input = Tensor.random([test.batch, test.size.height, test.size.width, test.inputs], seed: 1)
        let weight = Tensor.random(
            [test.outputs, test.inputs / test.groups, test.kernel.height, test.kernel.width], seed: 2)
        let bias = Tensor.random([test.outputs], seed: 3)
        let convolution = Convolution(
            geometry: ConvolutionGeometry(
                input: test.size, kernel: test.kernel, stride: test.stride, padding: test.padding),
            inputChannels: test.inputs, outputChannels: test.outputs, groups: test.groups)
        let expected = NaiveConvolution(
            input, weight: weight, bias: bias, stride: test.stride, padding: test.padding, groups: test.groups)
        let output = convolution(input, weight: Convolution.packed(weight, groups: test.groups), bias: bias)
        #expect(Tolerance.worstRatio(output, expected.output, expected.tolerance) <= 1)
    }

    @Test(arguments: [1, 2, 5]) func doesNotDependOnTheNumberOfThreads(_ threads: Int) {
        let input = Tensor.random([1, 13, 17, 6], seed: 4)
        let weight = Convolution.packed(Tensor.random([10, 6, 3, 3], seed: 5), groups: 1)
        let bias = Tensor.random([10], seed: 6)
        let convolution = Convolution(
            geometry: ConvolutionGeometry(
                input: input.size, kernel: Size(side: 3), stride: 1, padding: .symmetric(1)),
            inputChannels: 6, outputChannels: 10, activation: .siLU)
        let alone = convolution(input, weight: weight, bias: bias, workers: WorkerPool(threads: 1))
        let shared = convolution(input, weight: weight, bias: bias, workers: WorkerPool(threads: threads))
        let comparison = TensorComparison(shared, alone, relative: 1e-6, absolute: 1e-6)
        #expect(comparison.isClose, "\(comparison)")
    }
}

import NeuralLayers
import TensorEngine
import TestSupport
import Testing

/// Single layers against PyTorch, element by element.
@Suite struct PyTorchLayerTests {
    let reference: ReferenceTensors

    init() throws { reference = try ReferenceTensors("layers.safetensors") }

    private func compare(_ name: String, _ layer: some Layer) throws {
        let comparison = TensorComparison(
            layer(try reference.tensor(name + ".input")), try reference.tensor(name + ".expected"), relative: 1e-4,
            absolute: 1e-5)
        #expect(comparison.isClose, "\(name): \(comparison)")
    }

    private func window(_ name: String, _ weight: Shape) throws -> ConvolutionWindow {
        ConvolutionWindow(
            Size(height: weight[2], width: weight[3]), stride: try reference.number(name + ".stride"),
            padding: try reference.padding(name))
    }

    @Test func convolutionsAgree() throws {
        let cases = reference.cases("conv_")
        #expect(cases.count >= 15)
        for name in cases {
            let weight = try reference.tensor(name + ".weight").shape
            let groups = try reference.number(name + ".groups")
            try compare(
                name,
                try Conv2D(
                    from: reference.scope(name), inputChannels: weight[1] * groups, outputChannels: weight[0],
                    window: try window(name, weight), groups: groups, bias: reference.number(name + ".bias") == 1))
        }
    }

    @Test func depthwiseConvolutionsAgree() throws {
        let cases = reference.cases("depthwise_")
        #expect(cases.count >= 20)
        for name in cases {
            let weight = try reference.tensor(name + ".weight").shape
            try compare(
                name,
                try DepthwiseConv2D(
                    from: reference.scope(name), channels: weight[0],
                    window: try window(name, weight)))
        }
    }

    @Test(arguments: ["batch_norm_1e-5", "batch_norm_1e-3"]) func batchNormAgrees(_ name: String) throws {
        let epsilon = try #require(Float(reference.attribute(name + ".epsilon")))
        try compare(name, try BatchNorm(from: reference.scope(name), channels: 5, epsilon: epsilon))
    }

    @Test func linearAndPReLUAgree() throws {
        for name in reference.cases("linear") {
            let weight = try reference.tensor(name + ".weight").shape
            try compare(
                name,
                try Linear(from: reference.scope(name), inputFeatures: weight[1], outputFeatures: weight[0]))
        }
        for name in reference.cases("prelu") {
            let channels = try reference.tensor(name + ".weight").shape[0]
            try compare(name, try PReLU(from: reference.scope(name), channels: channels))
        }
        #expect(!reference.cases("linear").isEmpty && !reference.cases("prelu").isEmpty)
    }

    @Test func foldingABatchNormChangesNothing() throws {
        let weight = Tensor.random([6, 2, 3, 3], seed: 1)
        let norm = BatchNorm(
            weight: .random([6], seed: 2), bias: .random([6], seed: 3), runningMean: .random([6], seed: 4),
            runningVariance: .random([6], in: 0.1...2, seed: 5), epsilon: 1e-3)
        let input = Tensor.random([2, 5, 4, 4], seed: 6)
        let plain = Conv2D(weight: weight, bias: .random([6], seed: 7), padding: .symmetric(1), groups: 2)
        let whole = TensorComparison(
            plain.folding(norm, activation: .siLU)(input), Activation.siLU(norm(plain(input))), relative: 1e-5,
            absolute: 1e-5)
        #expect(whole.isClose, "\(whole)")
        let depthwise = DepthwiseConv2D(weight: .random([6, 1, 3, 3], seed: 8), stride: 2, padding: .same)
        let wide = Tensor.random([1, 7, 5, 6], seed: 9)
        let separate = TensorComparison(
            depthwise.folding(norm)(wide), norm(depthwise(wide)), relative: 1e-5, absolute: 1e-5)
        #expect(separate.isClose, "\(separate)")
    }
}

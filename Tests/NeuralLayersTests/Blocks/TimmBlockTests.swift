import NeuralLayers
import TensorEngine
import TestSupport
import Testing

/// EfficientNet's blocks against timm's, element by element.
@Suite struct TimmBlockTests {
    let reference: ReferenceTensors

    init() throws { reference = try ReferenceTensors("blocks.safetensors") }

    private func configuration(_ name: String) throws -> BlockConfiguration {
        let isInverted = name.hasPrefix("mbconv")
        let inputs = try reference.number(name + ".inputs")
        let reduce = try reference.tensor(name + ".se.conv_reduce.weight").shape
        return BlockConfiguration(
            inputChannels: inputs, outputChannels: try reference.number(name + ".outputs"),
            expansion: isInverted ? reduce[1] / inputs : 1, kernel: try reference.number(name + ".kernel"),
            stride: try reference.number(name + ".stride"), reducedChannels: reduce[0],
            conventions: isInverted
                ? .init(
                    padding: try #require(PaddingRule(rawValue: reference.attribute(name + ".padding"))),
                    batchNormEpsilon: try #require(Float(reference.attribute(name + ".epsilon"))))
                : .init(padding: .symmetric, batchNormEpsilon: 1e-5))
    }

    private func compare(_ name: String, _ layer: some Layer) throws {
        let comparison = TensorComparison(
            layer(try reference.tensor(name + ".input")), try reference.tensor(name + ".expected"), relative: 1e-4,
            absolute: 1e-5)
        #expect(comparison.isClose, "\(name): \(comparison)")
    }

    @Test func invertedBottlenecksAgree() throws {
        let cases = reference.cases("mbconv")
        #expect(cases.count >= 7)
        for name in cases { try compare(name, try MBConv(from: reference.scope(name), configuration(name))) }
    }

    @Test func depthwiseSeparableBlocksAgree() throws {
        let cases = reference.cases("depthwise_separable")
        #expect(cases.count == 2)
        for name in cases {
            try compare(name, try MBConv(from: reference.scope(name), configuration(name)))
        }
    }

    @Test func squeezeExciteAgrees() throws {
        try compare(
            "squeeze_excite",
            try SqueezeExcite(
                from: reference.scope("squeeze_excite"), channels: reference.number("squeeze_excite.channels"),
                reducedChannels: reference.number("squeeze_excite.squeezed")))
    }

    /// timm's `tf_` networks: TensorFlow's padding and epsilon through three blocks in a row.
    @Test func aStackPaddedAsTensorFlowDoesAgrees() throws {
        var map = try reference.tensor("same_stack.input")
        let sizes = [(4, 8, 3, 2), (8, 8, 3, 1), (8, 8, 5, 2)]
        for (index, (inputs, outputs, kernel, stride)) in sizes.enumerated() {
            let reduce = try reference.tensor("same_stack.\(index).se.conv_reduce.weight").shape
            let block = try MBConv(
                from: reference.scope("same_stack.\(index)"),
                BlockConfiguration(
                    inputChannels: inputs, outputChannels: outputs, expansion: reduce[1] / inputs, kernel: kernel,
                    stride: stride, reducedChannels: reduce[0],
                    conventions: .init(padding: .same, batchNormEpsilon: 1e-3)))
            map = block(map)
        }
        let comparison = TensorComparison(
            map, try reference.tensor("same_stack.expected"), relative: 1e-4, absolute: 1e-5)
        #expect(comparison.isClose, "\(comparison)")
    }
}

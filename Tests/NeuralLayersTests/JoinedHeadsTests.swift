import NeuralLayers
import TensorEngine
import TestSupport
import Testing

/// Layers joined to one, against each of them.
@Suite struct JoinedHeadsTests {
    @Test func aJoinedConvolutionAnswersAsEachOfItsParts() {
        let first = Conv2D(weight: .random([2, 5, 3, 3], seed: 1), bias: .random([2], seed: 2))
        let second = Conv2D(weight: .random([4, 5, 3, 3], seed: 3), bias: .random([4], seed: 4))
        let input = Tensor.random([2, 6, 7, 5], seed: 5)
        let joined = Conv2D.joined(first, second)(input)
        #expect(joined.shape == [2, 4, 5, 8])
        expectClose(joined.lastDimension(0..<2), first(input))
        expectClose(joined.lastDimension(2..<6), second(input))
        #expect(joined.lastDimension(6..<8).scalars.allSatisfy { $0 == 0 })
    }

    @Test func aJoinedLinearLayerAnswersAsEachOfItsParts() {
        let layers = [2, 4, 10].map { count in
            Linear(weight: .random([count, 9], seed: 6), bias: .random([count], seed: 7))
        }
        let input = Tensor.random([3, 9], seed: 8)
        let joined = Linear.joined(layers[0], layers[1], layers[2])(input)
        #expect(joined.shape == [3, 16])
        expectClose(joined.lastDimension(0..<2), layers[0](input))
        expectClose(joined.lastDimension(2..<6), layers[1](input))
        expectClose(joined.lastDimension(6..<16), layers[2](input))
    }

    private func expectClose(_ observed: Tensor, _ expected: Tensor) {
        let comparison = TensorComparison(observed, expected, relative: 1e-5, absolute: 1e-5)
        #expect(comparison.isClose, "\(comparison)")
    }
}

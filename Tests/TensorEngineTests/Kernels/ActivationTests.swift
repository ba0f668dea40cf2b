import TensorEngine
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct ActivationTests {
    /// Every magnitude at which an exponential may go wrong, and a length that leaves a tail behind the last vector.
    static let arguments = Tensor(
        (-1000...1000).map { Float($0) / 8 } + [0, -0.0, 1e-30, -1e-30, 88.7, -88.7, 1000, -1000, 3], shape: [2010])

    @Test func sigmoidAgreesWithDoublePrecision() {
        let expected = Tensor(Self.arguments.scalars.map { Float(1 / (1 + exp(-Double($0)))) }, shape: [2010])
        let comparison = TensorComparison(
            Activation.sigmoid(Self.arguments), expected, relative: 6e-6, absolute: 1e-37)
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func siLUAgreesWithDoublePrecision() {
        let expected = Tensor(Self.arguments.scalars.map { Float(Double($0) / (1 + exp(-Double($0)))) }, shape: [2010])
        let comparison = TensorComparison(Activation.siLU(Self.arguments), expected, relative: 6e-6, absolute: 1e-34)
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func reLUKeepsWhatIsPositive() {
        let expected = Self.arguments.scalars.map { max($0, 0) }
        #expect(Activation.reLU(Self.arguments).scalars == expected)
    }

    @Test func identityChangesNothing() {
        #expect(Activation.identity(Self.arguments).scalars == Self.arguments.scalars)
    }

    @Test func softmaxSumsToOneAndSurvivesLargeLogits() {
        let probabilities = Tensor([1000, 1001, 999, -1000, 0, 0], shape: [2, 3]).softmax().scalars
        #expect(abs(probabilities[0..<3].reduce(0, +) - 1) < 1e-6)
        #expect(abs(probabilities[1] - 0.665_241) < 1e-5)
        #expect(probabilities[3] == 0)
        #expect(probabilities[4] == 0.5)
    }

    @Test func higherTemperatureMakesProbabilitiesSofter() {
        let logits = Tensor([2, 0], shape: [1, 2])
        #expect(abs(logits.softmax().scalars[0] - 0.880_797) < 1e-5)
        #expect(abs(logits.softmax(temperature: 2).scalars[0] - 0.731_059) < 1e-5)
    }
}

public import TensorEngine

/// How far an observed tensor is from the expected one, element by element; a test says `#expect(comparison.isClose)`.
///
/// Shapes are compared first, a NaN on either side fails, and the description names the worst element. An element is
/// close when |observed − expected| ≤ absolute + relative · |expected|.
public struct TensorComparison: CustomStringConvertible, Sendable {
    public let isClose: Bool
    /// The largest |observed − expected|; infinite where shapes differ or a NaN was met.
    public let largestDifference: Float
    public let description: String

    public init(_ observed: Tensor, _ expected: Tensor, relative: Float = 1e-3, absolute: Float = 1e-4) {
        guard observed.shape == expected.shape else {
            isClose = false
            largestDifference = .infinity
            description = "shape \(observed.shape) observed, \(expected.shape) expected"
            return
        }
        let pairs = zip(observed.scalars, expected.scalars)
        var worst = (index: 0, ratio: Float(0), observed: Float(0), expected: Float(0))
        var largest: Float = 0
        for (index, (observed, expected)) in pairs.enumerated() {
            let difference = observed.isNaN || expected.isNaN ? .infinity : abs(observed - expected)
            let ratio = difference / (absolute + relative * abs(expected))
            largest = max(largest, difference)
            if ratio > worst.ratio || !ratio.isFinite { worst = (index, ratio, observed, expected) }
            if !ratio.isFinite { break }
        }
        isClose = worst.ratio <= 1
        largestDifference = largest
        description =
            "worst at element \(worst.index): \(worst.observed) observed, \(worst.expected) expected, "
            + "\(worst.ratio) of the tolerance; largest difference \(largest)"
    }
}

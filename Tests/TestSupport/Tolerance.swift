package import TensorEngine

package enum Tolerance {
    /// How far a sum of `count` products in single precision may lie from the exact one.
    package static func ofSum(count: Int, magnitude: Double) -> Double {
        4 * Double(count).squareRoot() * 0x1p-24 * magnitude
    }

    /// The largest |observed − expected| / tolerance, infinite for NaN or another shape; at most 1 is a pass.
    package static func worstRatio(_ observed: Tensor, _ expected: Tensor, _ tolerance: Tensor) -> Float {
        guard observed.shape == expected.shape else { return .infinity }
        return zip(observed.scalars, zip(expected.scalars, tolerance.scalars)).reduce(0) { worst, element in
            let ratio = abs(element.0 - element.1.0) / max(element.1.1, .leastNormalMagnitude)
            return ratio.isNaN ? .infinity : max(worst, ratio)
        }
    }
}

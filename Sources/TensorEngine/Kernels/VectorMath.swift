internal import KernelCompiler

/// Elementary functions on eight floats at a time.
package enum VectorMath {
    package typealias Vector = SIMD8<Float>

    private static let minusLog2e: Float = -1.442_695_04
    /// Beyond these exponents 2ⁿ leaves the normal range.
    private static let largestExponent: Float = 126
    /// Adding and subtracting 1.5 · 2²³ rounds to the nearest integer.
    private static let roundingShift: Float = 12_582_912

    /// 1 + e⁻ˣ, elementwise, with e⁻ˣ limited to 2⁻¹²⁶…2¹²⁶.
    ///
    /// The same steps as in the made kernels: y = −x · log₂ e is split into an integer n, which goes into the exponent's
    /// bits, and |f| ≤ ½, whose power is ``PowerOfTwo``.
    @inline(__always)
    private static func onePlusExponential(ofMinus x: Vector) -> Vector {
        var y = x * minusLog2e
        y.replace(with: largestExponent, where: y .> largestExponent)
        y.replace(with: -largestExponent, where: y .< -largestExponent)
        let shifted = y + roundingShift
        let fraction = y - (shifted - roundingShift)
        var power = fraction * PowerOfTwo.fourth + PowerOfTwo.third
        power = power * fraction + PowerOfTwo.second
        power = power * fraction + PowerOfTwo.first
        power = power * fraction + 1
        // The low bits of `shifted` hold the integer; moved into the exponent field they make 2ⁿ.
        let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
        return unsafeBitCast(unsafeBitCast(power, to: SIMD8<UInt32>.self) &+ exponent, to: Vector.self) + 1
    }

    /// 1 / (1 + e⁻ˣ), elementwise, with a relative error below 5e-6.
    @inline(__always)
    package static func sigmoid(_ x: Vector) -> Vector { 1 / onePlusExponential(ofMinus: x) }

    /// x / (1 + e⁻ˣ), elementwise, with the error of ``sigmoid(_:)``.
    @inline(__always)
    package static func siLU(_ x: Vector) -> Vector { x / onePlusExponential(ofMinus: x) }
}

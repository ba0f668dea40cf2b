/// Elementary functions on four floats at a time, a register of every processor: comparisons of wider vectors become several
/// instructions where one does.
package enum VectorMath {
    package typealias Vector = SIMD4<Float>

    private static let minusLog2e: Float = -1.442_695_04
    /// Beyond this exponent the numerator, up to 29.6, might leave the range of numbers.
    private static let largestExponent: Float = 123
    /// Adding and subtracting 1.5 · 2²³ rounds to the nearest integer.
    private static let roundingShift: Float = 12_582_912
    /// 2ᶠ = (f² + a + b · f) / (f² + a − b · f) for |f| ≤ ½ with a relative error below 5e-7, the least there is: found by
    /// golden section over a and b / a on 4,001 nodes. It is Padé's approximant of order 2, 2 with other coefficients.
    private static let constant: Float = 25.039_106_4
    private static let slope: Float = 8.677_839_28

    /// q and q + p, elementwise, where p / q = e⁻ˣ, limited to 2⁻¹²³…2¹²³.
    ///
    /// y = −x · log₂ e is split into an integer n, which goes into the exponent's bits of p, and |f| ≤ ½, whose power is a
    /// quotient. The division that follows anyway makes that free, and its terms do not wait for one another as those of a
    /// polynomial do.
    @inline(__always)
    private static func quotient(ofMinus x: Vector) -> (denominator: Vector, sum: Vector) {
        var y = x * minusLog2e
        // So written these are one instruction each, `minps` and `maxps`.
        y = Vector(repeating: largestExponent).replacing(with: y, where: y .< largestExponent)
        y = Vector(repeating: -largestExponent).replacing(with: y, where: y .> -largestExponent)
        let shifted = y + roundingShift
        let fraction = y - (shifted - roundingShift)
        let even = fraction * fraction + constant
        let odd = fraction * slope
        // The low bits of `shifted` hold the integer; moved into the exponent field they make 2ⁿ.
        let exponent = unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &<< 23
        let numerator = unsafeBitCast(unsafeBitCast(even + odd, to: SIMD4<UInt32>.self) &+ exponent, to: Vector.self)
        let denominator = even - odd
        return (denominator, denominator + numerator)
    }

    /// 1 / (1 + e⁻ˣ), elementwise, with a relative error below 5e-6.
    @inline(__always)
    package static func sigmoid(_ x: Vector) -> Vector {
        let (denominator, sum) = quotient(ofMinus: x)
        return denominator / sum
    }

    /// x / (1 + e⁻ˣ), elementwise, with the error of ``sigmoid(_:)``.
    @inline(__always)
    package static func siLU(_ x: Vector) -> Vector {
        let (denominator, sum) = quotient(ofMinus: x)
        return x * denominator / sum
    }
}

extension VectorMath {
    /// What brings a float's exponent to where that of a half is: 2⁻¹¹².
    private static let rebias = Float(sign: .plus, exponent: 15 - 127, significand: 1)

    /// The bits of floats that are finite numbers of half precision, subnormal ones included.
    ///
    /// - Precondition: they are; nothing is rounded, and infinity has no place.
    @inline(__always)
    package static func halves(_ values: SIMD8<Float>) -> SIMD8<UInt16> {
        // Beneath 2⁻¹⁴ the products are subnormal floats, aligned as subnormal halves are.
        let bits = unsafeBitCast(values * rebias, to: SIMD8<UInt32>.self)
        return SIMD8<UInt16>(truncatingIfNeeded: (bits & 0x7FFF_FFFF) &>> 13 | (bits & 0x8000_0000) &>> 16)
    }
}

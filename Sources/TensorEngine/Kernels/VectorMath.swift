/// Elementary functions on eight floats at a time.
package enum VectorMath {
    package typealias Vector = SIMD8<Float>

    // Cephes' single-precision expf: ln 2 split in two so that the reduction is exact, and a minimax polynomial.
    private static let log2e: Float = 1.442_695_04
    private static let ln2High: Float = 0.693_359_375
    private static let ln2Low: Float = -2.121_944_4e-4
    /// Adding and subtracting 1.5 · 2²³ rounds to the nearest integer.
    private static let roundingShift: Float = 12_582_912

    /// eˣ, elementwise; arguments are limited to ±87.3, where the result leaves the normal range.
    ///
    /// - Accuracy: relative error ≤ 2⁻²² over the whole range.
    /// - Source: Cephes Math Library 2.2, `expf.c` (S. Moshier): constants and reduction.
    @inline(__always)
    package static func exponential(_ argument: Vector) -> Vector {
        var x = argument.replacing(with: 87.3, where: argument .> 87.3)
        x = x.replacing(with: -87.3, where: x .< -87.3)
        let shifted = x * log2e + roundingShift
        let rounded = shifted - roundingShift
        x -= rounded * ln2High
        x -= rounded * ln2Low
        var polynomial = x * 1.987_569_2e-4 + 1.398_199_9e-3
        polynomial = polynomial * x + 8.333_452e-3
        polynomial = polynomial * x + 4.166_579_6e-2
        polynomial = polynomial * x + 0.166_666_65
        polynomial = polynomial * x + 0.5
        let mantissa = polynomial * x * x + x + 1
        // The low bits of `shifted` hold the integer; moved into the exponent field they make 2ⁿ.
        let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
        return unsafeBitCast(unsafeBitCast(mantissa, to: SIMD8<UInt32>.self) &+ exponent, to: Vector.self)
    }

    /// 1 / (1 + e⁻ˣ), elementwise.
    @inline(__always)
    package static func sigmoid(_ x: Vector) -> Vector { 1 / (1 + exponential(-x)) }
}

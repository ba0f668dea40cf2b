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

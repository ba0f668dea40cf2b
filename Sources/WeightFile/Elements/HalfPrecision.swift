/// Conversion between binary16, as weight files hold it, and `Float`.
///
/// `Float(Float16)` calls a library function for every element on x86-64 unless the compiler may assume F16C, and
/// `Float16` is absent from macOS on Intel; integer arithmetic on eight lanes needs neither.
enum HalfPrecision {
    private static let signBit: UInt16 = 0x8000
    /// What brings the exponent's bias from 15 to 127.
    private static let rebias: UInt32 = (127 - 15) << 23
    /// 2⁻¹⁴, the smallest normal half: its mantissa counts in the unit of the subnormal halves.
    private static let smallestNormal: UInt32 = (127 - 14) << 23
    private static let infinity: UInt16 = 0x7C00

    /// Eight halves as floats, all values exact, infinities and NaNs included.
    ///
    /// A subnormal half m·2⁻²⁴ is (2⁻¹⁴ + m·2⁻²⁴) − 2⁻¹⁴, whose first term is a normal float: a float subnormal would
    /// cost some processors a hundred cycles.
    /// - Source: F. Giesen, "Half to float done quickly", 2012, https://gist.github.com/rygorous/2144712.
    @inline(__always)
    static func expand(_ halves: SIMD8<UInt16>) -> SIMD8<Float> {
        let wide = SIMD8<UInt32>(truncatingIfNeeded: halves)
        let magnitude = wide & 0x7FFF
        // Masks from carries and borrows: comparisons of SIMD vectors compile to a loop over the lanes.
        let isNotFinite = 0 &- ((magnitude &+ 0x0400) &>> 15)
        let isSubnormal = 0 &- (((wide & 0x7C00) &- 1) &>> 31)
        let normal = magnitude &<< 13 &+ rebias &+ (isNotFinite & rebias)
        let shifted = SIMD8<Float>(bitPattern: magnitude &<< 13 &+ smallestNormal)
        let subnormal = SIMD8<UInt32>(
            bitPattern: shifted - SIMD8<Float>(repeating: Float(bitPattern: smallestNormal)))
        let sign = (wide & UInt32(signBit)) &<< 16
        return SIMD8<Float>(bitPattern: sign | (subnormal & isSubnormal) | (normal & ~isSubnormal))
    }

    /// As ``expand(_:)`` for finite halves, at three quarters of its cost.
    @inline(__always)
    static func expandFinite(_ halves: SIMD8<UInt16>) -> SIMD8<Float> {
        let wide = SIMD8<UInt32>(truncatingIfNeeded: halves) &<< 16
        let magnitude = (wide & 0x7FFF_0000) &>> 3
        // The mask is the borrow of a subnormal's exponent, which is zero.
        let isSubnormal = SIMD8<UInt32>(
            truncatingIfNeeded: SIMD8<Int32>(truncatingIfNeeded: magnitude &- (1 << 23)) &>> 31)
        let shifted = SIMD8<Float>(bitPattern: magnitude &+ smallestNormal)
        let subnormal = SIMD8<UInt32>(
            bitPattern: shifted - SIMD8<Float>(repeating: Float(bitPattern: smallestNormal)))
        let normal = magnitude &+ rebias
        return SIMD8<Float>(
            bitPattern: (wide & 0x8000_0000) | (subnormal & isSubnormal) | (normal & ~isSubnormal))
    }

    /// The half nearest to `value`, ties to even; infinity from 65,520 on.
    static func narrow(_ value: Float) -> UInt16 {
        let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & signBit
        let magnitude = value.bitPattern & 0x7FFF_FFFF
        if value.isNaN { return sign | infinity | 0x0200 }
        if value.magnitude >= 65_520 { return sign | infinity }
        if magnitude < smallestNormal {
            // One half in `Float` has the unit of the subnormal halves, 2⁻²⁴: the addition rounds to it.
            return sign | UInt16((value.magnitude + 0.5).bitPattern - Float(0.5).bitPattern)
        }
        // Just under half a unit, and the unit's own last bit where it is odd: rounds up, or a tie to even.
        let rounded = magnitude - rebias + 0x0FFF + (magnitude >> 13 & 1)
        return sign | UInt16(rounded >> 13)
    }

    static func isFinite(_ half: UInt16) -> Bool { half & infinity != infinity }
}

extension SIMD8<Float> {
    /// The floats whose bits these are.
    @inline(__always)
    fileprivate init(bitPattern: SIMD8<UInt32>) { self = unsafeBitCast(bitPattern, to: Self.self) }
}

extension SIMD8<UInt32> {
    /// The bits of these floats.
    @inline(__always)
    fileprivate init(bitPattern: SIMD8<Float>) { self = unsafeBitCast(bitPattern, to: Self.self) }
}

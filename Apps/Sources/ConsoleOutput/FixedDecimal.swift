/// Numbers as text with a fixed count of digits after the point, the same in every locale.
public enum FixedDecimal {
    /// `value` rounded to `digits` decimals, half away from zero, always with a point: `0.9950`, `-12.30`.
    ///
    /// Returns nil for what has no decimal form: NaN, the infinities, and magnitudes of 2⁶² and more after scaling.
    ///
    /// - Precondition: `0 ≤ digits ≤ 9`.
    public static func text(_ value: Double, digits: Int) -> String? {
        precondition((0...9).contains(digits), "\(digits) decimals asked for, 0 to 9 possible")
        let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
        let scaled = (value * Double(scale)).rounded(.toNearestOrAwayFromZero)
        guard scaled.isFinite, scaled.magnitude < 0x1p62 else { return nil }
        let magnitude = Int(scaled.magnitude)
        let sign = scaled < 0 ? "-" : ""
        guard digits > 0 else { return sign + String(magnitude) }
        let fraction = String(magnitude % scale)
        return sign + String(magnitude / scale) + "."
            + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}

/// Rounding to a number of decimal digits as Python's `round` does it.
enum DecimalRounding {
    /// The number of units of 10⁻ᵈ nearest to the exact binary value; of two equally near the even one.
    ///
    /// `value · 10ᵈ` is rounded itself, so 0.15 · 10 would be taken for a tie although 0.15 lies below it. The fused
    /// multiplication gives the part that the product lost, which decides such ties.
    ///
    /// - Precondition: `0 ≤ digits ≤ 15`; `|value| · 10ᵈ < 2⁵²`, where halves still exist, or the product is returned
    ///   as it is.
    static func units(_ value: Double, digits: Int) -> Double {
        let scale = powersOfTen[digits]
        let product = value * scale
        guard abs(product) < 0x1p52 else { return product }
        let lost = (-product).addingProduct(value, scale)
        let down = product.rounded(.down)
        let rest = product - down
        if rest == 0.5, lost != 0 { return lost > 0 ? down + 1 : down }
        return product.rounded(.toNearestOrEven)
    }

    /// Python's `round(value, digits)`.
    static func round(_ value: Double, digits: Int) -> Double { units(value, digits: digits) / powersOfTen[digits] }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}

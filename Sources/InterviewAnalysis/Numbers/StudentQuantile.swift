/// The 97.5 % quantile of Student's t: the factor of a two-sided 95 % interval.
enum StudentQuantile {
    /// From the table up to 30 degrees of freedom, above by the expansion at the normal quantile, whose error is then
    /// below 1e-5.
    ///
    /// - Precondition: `degreesOfFreedom ≥ 1`.
    /// - Source: the table solves I(ν / (ν + t²); ν/2, 1/2) = 0.05 for t; the expansion is number 26.7.5 in Abramowitz
    ///   and Stegun, Handbook of Mathematical Functions.
    static func upper975(degreesOfFreedom: Int) -> Double {
        precondition(degreesOfFreedom >= 1, "\(degreesOfFreedom) degrees of freedom")
        if degreesOfFreedom <= table.count { return table[degreesOfFreedom - 1] }
        let freedom = Double(degreesOfFreedom)
        let z = 1.959963984540054
        let first = (z * z * z + z) / 4
        let second = (5 * power(z, 5) + 16 * power(z, 3) + 3 * z) / 96
        let third = (3 * power(z, 7) + 19 * power(z, 5) + 17 * power(z, 3) - 15 * z) / 384
        return z + first / freedom + second / power(freedom, 2) + third / power(freedom, 3)
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }

    private static let table: [Double] = [
        12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985,
        2.178813, 2.160369, 2.144787, 2.13145, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963, 2.079614, 2.073873,
        2.068658, 2.063899, 2.059539, 2.055529, 2.051831, 2.048407, 2.04523, 2.042272,
    ]
}

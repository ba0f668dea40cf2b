import ConsoleOutput
import Testing

@Suite struct FixedDecimalTests {
    @Test(arguments: [
        (0.0, 4, "0.0000"), (0.99995, 4, "1.0000"), (0.00004, 4, "0.0000"), (-0.00004, 4, "0.0000"),
        (12.345, 1, "12.3"), (-12.35, 1, "-12.4"), (7, 0, "7"), (1234.5, 2, "1234.50"), (0.05, 2, "0.05"),
    ])
    func writesTheAskedDecimals(value: Double, digits: Int, expected: String) {
        #expect(FixedDecimal.text(value, digits: digits) == expected)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
    func refusesWhatHasNoDecimalForm(value: Double) {
        #expect(FixedDecimal.text(value, digits: 2) == nil)
    }
}

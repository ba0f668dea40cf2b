import Testing

@testable import TransformerLayers

@Suite struct VectorFunctionsTests {
    @Test func geluAndExponentialAreThoseOfTheirDefinitions() {
        var (gelu, exponential): (Float, Float) = (0, 0)
        for step in -24_000...24_000 {
            let x = Float(step) / 2_000
            let expected = Double(x) * 0.5 * (1 + ErrorFunction.value(Double(x) / 2.0.squareRoot()))
            gelu = max(gelu, abs(VectorFunctions.gelu(SIMD4(repeating: x))[step & 3] - Float(expected)))
            guard x <= 0 else { continue }
            let power = ErrorFunction.exponential(Double(x) * 7)
            let found = VectorFunctions.exponential(SIMD4(repeating: x * 7))[step & 3]
            exponential = max(exponential, abs(found / Float(power) - 1))
        }
        #expect(gelu < 2e-6)
        #expect(exponential < 1e-5)
        #expect(abs(VectorFunctions.gelu(SIMD4(-100, 100, 0, -6))[1] - 100) < 1e-4)
        #expect(VectorFunctions.exponential(SIMD4(repeating: -1e30))[0] < 1e-37)
    }

    @Test func powersAreSummedBelowTheLargest() {
        let values: [Float] = [-3, -2.5, -100, -2]
        let sum = VectorFunctions.sumOfPowers(values, count: 4, factor: 2, highest: -2)
        #expect(abs(Double(sum) - (1 + ErrorFunction.exponential(-1) + ErrorFunction.exponential(-2))) < 1e-5)
    }

    /// What lies between rows stays as it is.
    @Test func geluIsAppliedToRowsInPlace() {
        var values: [Float] = [1, -1, 2, -2, 7, 3, 0, -3, 6, 8]
        let expected = values
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            VectorFunctions.applyGELU(base, rows: 2, columns: 4, stride: 5)
        }
        for (index, value) in expected.enumerated() {
            let gelu = VectorFunctions.gelu(SIMD4(repeating: value))[0]
            #expect(values[index] == (index % 5 == 4 ? value : gelu))
        }
    }
}

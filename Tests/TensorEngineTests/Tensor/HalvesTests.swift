import Testing

@testable import TensorEngine

/// Floats that are halves give back their bits.
@Suite struct HalvesTests {
    @Test func everyFiniteHalfIsGivenBack() {
        let finite = (UInt16(0)...0xFFFF).filter { $0 & 0x7C00 != 0x7C00 }
        #expect(finite.count == 63_488)
        for first in stride(from: 0, to: finite.count, by: 8) {
            let expected = SIMD8<UInt16>(finite[first..<(first + 8)])
            var values = SIMD8<Float>()
            for lane in 0..<8 { values[lane] = Self.value(of: expected[lane]) }
            #expect(VectorMath.halves(values) == expected)
        }
    }

    /// By the definition of binary16 in IEEE 754.
    private static func value(of half: UInt16) -> Float {
        let (exponent, fraction) = (Int(half >> 10 & 0x1F), Float(half & 0x3FF) / 1024)
        let magnitude =
            exponent == 0
            ? fraction * Float(sign: .plus, exponent: -14, significand: 1)
            : Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
        return half >> 15 == 1 ? -magnitude : magnitude
    }
}

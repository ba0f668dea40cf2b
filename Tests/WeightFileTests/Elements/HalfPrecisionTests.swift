import TestSupport
import Testing

@testable import WeightFile

// `Float16`, the reference here, does not exist on macOS for Intel.
#if !(os(macOS) && arch(x86_64))
    @Suite struct HalfPrecisionTests {
        @Test func expandsEveryHalfAsTheStandardLibraryDoes() {
            for first in stride(from: UInt32(0), to: 0x1_0000, by: 8) {
                let halves = SIMD8(truncatingIfNeeded: SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7) &+ first) as SIMD8<UInt16>
                let floats = HalfPrecision.expand(halves)
                let finite = HalfPrecision.expandFinite(halves)
                for lane in 0..<8 {
                    let expected = Float(Float16(bitPattern: halves[lane]))
                    if expected.isFinite && finite[lane].bitPattern != expected.bitPattern {
                        Issue.record("\(halves[lane]) became \(finite[lane]), not \(expected)")
                    }
                    // A NaN's payload is free; everything else agrees bit by bit, the sign of zero included.
                    let agrees =
                        expected.isNaN ? floats[lane].isNaN : floats[lane].bitPattern == expected.bitPattern
                    if !agrees { Issue.record("\(halves[lane]) became \(floats[lane]), not \(expected)") }
                }
            }
        }

        @Test func narrowsEveryHalfToItself() {
            for bits in UInt16.min...UInt16.max {
                let half = Float16(bitPattern: bits)
                let narrowed = HalfPrecision.narrow(Float(half))
                let agrees = half.isNaN ? Float16(bitPattern: narrowed).isNaN : narrowed == bits
                if !agrees { Issue.record("\(bits) came back as \(narrowed)") }
                if HalfPrecision.isFinite(bits) != half.isFinite { Issue.record("\(bits) is misjudged") }
            }
        }

        @Test func roundsAsTheStandardLibraryDoes() {
            var generator = SeededGenerator(seed: 16)
            var values: [Float] = [65_519.996, 65_520, 0x1p-25, 0x1.000002p-25, 0x1.FFFp-15, 0x1.FFEp-15, .infinity]
            // The exponents of the halves, and three beyond on either side.
            for _ in 0..<20_000 {
                let exponent = UInt32.random(in: (127 - 28)...(127 + 18), using: &generator)
                let mantissa = UInt32.random(in: 0..<(1 << 23), using: &generator)
                values.append(Float(bitPattern: exponent << 23 | mantissa))
                // Halfway between two halves: the ties.
                values.append(Float(bitPattern: exponent << 23 | (mantissa & ~0x1FFF | 0x1000)))
            }
            for value in values + values.map(-) {
                let narrowed = HalfPrecision.narrow(value)
                let expected = Float16(value).bitPattern
                if narrowed != expected { Issue.record("\(value) became \(narrowed), not \(expected)") }
            }
        }
    }
#endif

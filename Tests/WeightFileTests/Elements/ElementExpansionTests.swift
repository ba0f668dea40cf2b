import Testing

@testable import WeightFile

@Suite struct ElementExpansionTests {
    /// Counts around the eight lanes, each with an odd begin in memory.
    @Test(arguments: [0, 1, 7, 8, 9, 16, 23])
    func expandsHalvesOfAnyCountAndAlignment(count: Int) {
        // 1, 2, 3, … are whole halves.
        let expected = (0..<count).map { Float($0 + 1) }
        let (floats, isFinite) = expand(bytes(of: expected.map(HalfPrecision.narrow)), of: .float16, count: count)
        #expect(floats == expected)
        #expect(isFinite)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 16, 23])
    func copiesFloatsOfAnyCountAndAlignment(count: Int) {
        let expected = (0..<count).map { 0.1 * Float($0) - 1 }
        let (floats, isFinite) = expand(bytes(of: expected.map(\.bitPattern)), of: .float32, count: count)
        #expect(floats == expected)
        #expect(isFinite)
    }

    @Test(arguments: [Float.infinity, -.infinity, .nan], 0..<11)
    func noticesANonFiniteElementAtEveryPlace(element: Float, index: Int) {
        var elements = [Float](repeating: 65_504, count: 11)
        elements[index] = element
        #expect(!expand(bytes(of: elements.map(HalfPrecision.narrow)), of: .float16, count: 11).isFinite)
        #expect(!expand(bytes(of: elements.map(\.bitPattern)), of: .float32, count: 11).isFinite)
    }

    private func bytes(of words: [some FixedWidthInteger]) -> [UInt8] {
        words.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
    }

    private func expand(_ bytes: [UInt8], of type: ElementType, count: Int) -> (floats: [Float], isFinite: Bool) {
        var floats = [Float](repeating: .nan, count: count)
        let isFinite = ([0] + bytes).withUnsafeBytes { shifted in
            floats.withUnsafeMutableBufferPointer {
                ElementExpansion.expand(UnsafeRawBufferPointer(rebasing: shifted.dropFirst()), of: type, into: $0)
            }
        }
        return (floats, isFinite)
    }
}

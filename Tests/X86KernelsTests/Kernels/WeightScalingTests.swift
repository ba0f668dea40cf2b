@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// The kernel that scales a panel's weights against the definition: products exactly, sums over pairs in Double; runs of rows
/// that begin and end anywhere in the patterns of six and of four.
@Suite struct WeightScalingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rows: Range<Int>
        let vectors: [VectorRegister.Width]
        var isPaired = true
        var width: Int { vectors.reduce(0) { $0 + $1.floats } }
        var testDescription: String { "rows \(rows) of \(vectors)" + (isPaired ? " paired" : "") }
    }

    static let cases: [Case] = {
        var cases: [Case] = []
        for rows in [0..<2, 0..<16, 2..<18, 4..<40, 16..<48, 272..<528] {
            cases.append(Case(rows: rows, vectors: [.zmm, .zmm, .zmm]))
            cases.append(Case(rows: rows, vectors: [.ymm, .ymm]))
        }
        cases.append(Case(rows: 6..<16, vectors: [.zmm, .ymm]))
        cases.append(Case(rows: 0..<0, vectors: [.zmm, .zmm]))
        for rows in [0..<1, 1..<8, 3..<14] {
            cases.append(Case(rows: rows, vectors: [.ymm, .ymm, .ymm], isPaired: false))
            cases.append(Case(rows: rows, vectors: [.zmm], isPaired: false))
        }
        return cases
    }()

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) throws {
        for set in X86Target.usable where test.vectors.allSatisfy({ $0.floats <= set.widest.floats }) {
            let pairing = test.isPaired ? set.pairing : nil
            let depth = test.rows.upperBound
            var generator = SeededGenerator(seed: 21)
            let weights = (0..<(depth * test.width)).map { _ in Float.random(in: -1...1, using: &generator) }
            let scales = (0..<depth).map { _ in Float.random(in: 0...1, using: &generator) }
            let (scaled, sums) = try run(test, set, pairing, weights, scales)
            let first = test.rows.lowerBound * test.width
            for place in weights.indices {
                let isScaled = place >= first
                #expect(
                    isScaled ? scaled[place] == weights[place] * scales[place / test.width] : scaled[place].isNaN,
                    "\(set): weight \(place)")
            }
            #expect(scaled[weights.count].isNaN && sums[test.width].isNaN, "\(set) wrote behind the panel")
            for column in 0..<test.width {
                guard let pairing else {
                    #expect(sums[column].isNaN, "\(set): a sum without pairs")
                    continue
                }
                let expected = PairReference(pairing).sum(depth) { row in
                    test.rows.contains(row) ? scaled[row * test.width + column] : 0
                }
                #expect(abs(sums[column] - expected) <= 2e-7 * Float(depth) + 1e-6, "\(set): column \(column)")
            }
        }
    }

    /// All rows' weights, NaN where nothing was written, and a sum for each column; of each one more than there should be.
    private func run(
        _ test: Case, _ set: X86Target, _ pairing: PairedProducts?, _ weights: [Float], _ scales: [Float]
    ) throws -> (scaled: [Float], sums: [Float]) {
        var batch = KernelBatch(set)
        let handle = batch.compile(WeightScaling(rows: test.rows, vectors: test.vectors, pairing: pairing))
        let kernels = try #require(batch.seal())
        var scaled = [Float](repeating: .nan, count: weights.count + 1)
        var sums = [Float](repeating: .nan, count: test.width + 1)
        let first = test.rows.lowerBound
        withUnalignedPointers(weights, scales, [], []) { weights, scales, _, _ in
            scaled.withUnsafeMutableBufferPointer { scaled in
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let scaled = scaled.baseAddress, let sums = sums.baseAddress else { return }
                    let arguments = WeightScaling.Arguments(
                        weights: weights + first * test.width, target: scaled + first * test.width,
                        scales: scales + first, sums: sums)
                    withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
                }
            }
        }
        return (scaled, sums)
    }
}

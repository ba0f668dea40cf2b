@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// The kernel that sums the pairs of rows against the definition in Double: whole and half vectors at the end of a row, in
/// every phase of the pattern.
@Suite struct PairSumsTests {
    @Test(arguments: [8, 16, 24, 32, 40, 48, 56, 88, 96, 120, 352, 2112], [1, 3])
    func agreesWithTheDefinition(_ depth: Int, _ groups: Int) throws {
        for set in X86Target.usable {
            guard let pairing = set.pairing else { continue }
            let sums = PairSums(depth: depth, inputStride: depth + 5)
            var batch = KernelBatch(set)
            let handle = batch.compile(sums)
            let kernels = try #require(batch.seal())
            let rows = groups * PairSums.rows
            var generator = SeededGenerator(seed: 11)
            let input = (0..<(rows * sums.inputStride)).map { _ in Float.random(in: -1...1, using: &generator) }
            var output = [Float](repeating: .nan, count: rows + 2)
            output.withUnsafeMutableBufferPointer { output in
                input.withUnsafeBufferPointer { input in
                    guard let output = output.baseAddress, let input = input.baseAddress else { return }
                    let arguments = PairSums.Arguments(
                        input: input, output: output + 1, groups: groups, constants: kernels.constants)
                    withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
                }
            }
            #expect(output[0].isNaN && output[rows + 1].isNaN, "wrote beside its sums")
            let expected = PairReference(pairing).sums(ofRows: rows, input, stride: sums.inputStride, depth: depth)
            for row in 0..<rows {
                #expect(abs(output[row + 1] - expected[row]) <= 2e-7 * Float(depth) + 1e-6, "row \(row)")
            }
        }
    }
}

@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// Made depthwise kernels against the definition in Double: borders, strides, half vectors, several rows, all instruction
/// sets, and every base address one float off what the vectors would be aligned to.
@Suite struct DepthwiseStripTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let width: Int
        let channels: Int
        let kernel: Int
        var stride = 1
        var before: Int
        var output: Int
        var testDescription: String { "\(width) px of \(channels), kernel \(kernel) stride \(stride) before \(before)" }
    }

    static let cases = [
        Case(width: 1, channels: 8, kernel: 3, before: 1, output: 1),
        Case(width: 2, channels: 16, kernel: 5, before: 2, output: 2),
        Case(width: 9, channels: 40, kernel: 5, before: 2, output: 9),
        Case(width: 17, channels: 24, kernel: 3, before: 1, output: 17),
        Case(width: 33, channels: 8, kernel: 5, stride: 2, before: 2, output: 17),
        Case(width: 34, channels: 24, kernel: 3, stride: 2, before: 0, output: 17),
        Case(width: 65, channels: 16, kernel: 3, before: 1, output: 65),
        Case(width: 66, channels: 8, kernel: 3, before: 0, output: 64),
        Case(width: 130, channels: 24, kernel: 3, stride: 2, before: 1, output: 65),
    ]

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) throws {
        for set in X86Target.usable {
            for activation in [Activation.identity, .siLU] { try check(test, activation, set) }
        }
    }

    /// Output rows that one call computes.
    private static let rows = 3

    private func check(_ test: Case, _ activation: Activation, _ set: X86Target) throws {
        let padding: Padding =
            test.before > 0 ? .symmetric(test.before) : test.output * test.stride < test.width ? .valid : .same
        let axis = AxisGeometry(input: test.width, kernel: test.kernel, stride: test.stride, padding: padding)
        #expect(axis.before == test.before && axis.output == test.output)
        let strip = DepthwiseStrip(
            axis, channels: test.channels, inputStride: test.channels + 5, outputStride: test.channels + 3,
            weightStride: test.channels + 1, activation: activation)
        var batch = KernelBatch(set)
        let handle = batch.compile(strip)
        let kernels = try #require(batch.seal())
        var generator = SeededGenerator(seed: 6)
        let random = { (count: Int) in (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
        let taps = test.kernel * test.kernel
        let inputRows = (Self.rows - 1) * test.stride + test.kernel
        let pixels = random(inputRows * test.width * strip.inputStride)
        let weights = random((taps + 1) * strip.weightStride)
        let before = random(test.channels)
        var paddedSums = [.nan] + before + [.nan]
        var padded = [Float](repeating: .nan, count: Self.rows * test.output * strip.outputStride + 2)
        padded.withUnsafeMutableBufferPointer { output in
            paddedSums.withUnsafeMutableBufferPointer { sums in
                withUnalignedPointers(pixels, weights, before, before) { pixels, weights, _, _ in
                    guard let output = output.baseAddress.map({ $0 + 1 }), let sums = sums.baseAddress.map({ $0 + 1 })
                    else { return }
                    let pitch = test.width * strip.inputStride
                    let table = (0..<inputRows).map { pixels + $0 * pitch }
                    let arguments = DepthwiseStrip.Arguments(
                        rows: table, rowCount: Self.rows, weights: weights, output: output, sums: sums,
                        constants: kernels.constants)
                    withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
                }
            }
        }
        let outside = [padded[0], padded[padded.count - 1], paddedSums[0], paddedSums[test.channels + 1]]
        let isKept = outside.allSatisfy { $0.isNaN }
        #expect(isKept, "\(set) wrote before or behind the output or the sums")
        let (output, sums) = (padded.dropFirst().map { $0 }, paddedSums.dropFirst().map { $0 })
        for channel in 0..<test.channels {
            var total = Double(before[channel])
            for pixel in 0..<(Self.rows * test.output) {
                let (row, column) = pixel.quotientAndRemainder(dividingBy: test.output)
                var sum = Double(weights[taps * strip.weightStride + channel])
                for tap in 0..<taps {
                    let source = column * test.stride - test.before + tap % test.kernel
                    guard (0..<test.width).contains(source) else { continue }
                    let place = (row * test.stride + tap / test.kernel) * test.width + source
                    sum +=
                        Double(pixels[place * strip.inputStride + channel])
                        * Double(weights[tap * strip.weightStride + channel])
                }
                let expected = activation.reference(sum, slope: 0)
                total += expected
                let observed = Double(output[pixel * strip.outputStride + channel])
                #expect(abs(observed - expected) <= 5e-6, "\(set) row \(row) column \(column) channel \(channel)")
            }
            #expect(abs(Double(sums[channel]) - total) <= 5e-5, "\(set) sum of channel \(channel)")
        }
        let gaps = (0..<(Self.rows * test.output)).flatMap { pixel in
            (test.channels..<strip.outputStride).map { output[pixel * strip.outputStride + $0] }
        }
        let untouched = gaps.allSatisfy { $0.isNaN }
        #expect(untouched, "\(set) wrote beside a pixel")
    }
}

import KernelCompiler
import TestSupport
import Testing

/// Made depthwise rows against the definition in Double: borders, strides, half vectors, both instruction sets.
@Suite struct DepthwiseRowTests {
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
        for set in InstructionSet.usable {
            for activation in [MadeActivation.identity, .siLU] { try check(test, activation, set) }
        }
    }

    private func check(_ test: Case, _ activation: MadeActivation, _ set: InstructionSet) throws {
        let row = DepthwiseRow(
            inputWidth: test.width, outputWidth: test.output, kernel: test.kernel, stride: test.stride,
            paddingBefore: test.before, channels: test.channels, inputStride: test.channels + 5,
            outputStride: test.channels + 3, weightStride: test.channels + 1, activation: activation)
        var batch = KernelBatch(set)
        let handle = batch.make(row)
        let kernels = try #require(batch.seal())
        var generator = SeededGenerator(seed: 6)
        let random = { (count: Int) in (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
        let taps = test.kernel * test.kernel
        let pixels = random(test.kernel * test.width * row.inputStride)
        let weights = random((taps + 1) * row.weightStride)
        let before = random(test.channels)
        var sums = before
        var output = [Float](repeating: .nan, count: test.output * row.outputStride)
        output.withUnsafeMutableBufferPointer { output in
            sums.withUnsafeMutableBufferPointer { sums in
                withUnsafePointers(pixels, weights, before, before) { pixels, weights, _, _ in
                    guard let output = output.baseAddress, let sums = sums.baseAddress else { return }
                    var arguments = DepthwiseRow.Arguments(
                        rows: (pixels, pixels, pixels, pixels, pixels), weights: weights, output: output, sums: sums,
                        constants: kernels.constants)
                    let pitch = test.width * row.inputStride
                    arguments.rows.1 = pixels + pitch
                    arguments.rows.2 = pixels + 2 * pitch
                    if test.kernel == 5 {
                        arguments.rows.3 = pixels + 3 * pitch
                        arguments.rows.4 = pixels + 4 * pitch
                    }
                    withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
                }
            }
        }
        for channel in 0..<test.channels {
            var total = Double(before[channel])
            for column in 0..<test.output {
                var sum = Double(weights[taps * row.weightStride + channel])
                for tap in 0..<taps {
                    let source = column * test.stride - test.before + tap % test.kernel
                    guard (0..<test.width).contains(source) else { continue }
                    let pixel = pixels[(tap / test.kernel * test.width + source) * row.inputStride + channel]
                    sum += Double(pixel) * Double(weights[tap * row.weightStride + channel])
                }
                let expected = activation.reference(sum, slope: 0)
                total += expected
                let observed = Double(output[column * row.outputStride + channel])
                #expect(abs(observed - expected) <= 5e-6, "\(set) column \(column) channel \(channel)")
            }
            #expect(abs(Double(sums[channel]) - total) <= 2e-5, "\(set) sum of channel \(channel)")
        }
        let gaps = (0..<test.output).flatMap { pixel in
            (test.channels..<row.outputStride).map { output[pixel * row.outputStride + $0] }
        }
        let untouched = gaps.allSatisfy { $0.isNaN }
        #expect(untouched, "\(set) wrote beside a pixel")
    }
}

@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// Made kernels against the definition in Double: every tail, every instruction set, and every base address one float off
/// what the vectors would be aligned to.
@Suite struct MatrixTileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rows: Int
        let vectors: [VectorRegister.Width]
        var segmentLength = 7
        var segments = 1
        var activation = Activation.identity
        var addsResidual = false
        var tiles = 2
        var isPaired = false
        var weightsAreHalves = false
        /// Whether the tiles ask for weights ahead: those behind the panel's, of which there are none, or so many floats away.
        var prefetches = false
        var ahead: Int?
        /// Weights and biases come multiplied by 2 to this power.
        var exponent = 0
        /// Sums of nothing but biases, at every magnitude at which an exponential may go wrong.
        var hasExtremeBiases = false
        var testDescription: String {
            "\(rows)×\(vectors) depth \(segments)·\(segmentLength) \(activation) residual \(addsResidual)"
                + (hasExtremeBiases ? " extreme" : "") + (isPaired ? " paired" : "")
                + (prefetches ? " prefetching" : "") + (weightsAreHalves ? " halves" : "")
        }
    }

    /// As many as two of the narrower vectors hold.
    private static let extremes: [Float] = [
        88, -88, 88.7, -88.7, 1000, -1000, 87.3, -87.3, 127, -127, 1e-30, -1e-30, 0, -0.0, 3, -30,
    ]

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) throws {
        for set in X86Target.usable {
            let needed = test.vectors.contains(.zmm) ? X86Target.avx512 : .avx2
            if needed == .avx512 && set.encoding == .vex { continue }
            if test.isPaired && set.pairing == nil { continue }
            let largest = MatrixTile.largestRows(vectors: test.vectors.count, isPaired: test.isPaired, set)
            if test.rows > largest { continue }
            try check(test, set)
        }
    }

    /// A number of half precision made of `value`: of any exponent up to 2⁰, subnormal ones included.
    private static func half(_ value: Float) -> Float {
        let exponent = Int(value.magnitude * 997) % 16 - 15
        let fraction = (value.magnitude * 1024).rounded(.down) / 1024
        let magnitude = exponent == -15 ? fraction * Float.powerOfTwo(-14) : (1 + fraction) * Float.powerOfTwo(exponent)
        return value < 0 ? -magnitude : magnitude
    }

    /// Halves, two to a float; as many as there are, and one more where they are odd in number.
    private static func packed(_ halves: [Float]) -> [Float] {
        let bits = halves.map { value in
            var bits = UInt32(value.sign == .minus ? 0x8000 : 0)
            let magnitude = value.magnitude
            bits |=
                magnitude < Float.powerOfTwo(-14)
                ? UInt32(magnitude * Float.powerOfTwo(24))
                : UInt32(Int(magnitude.exponent) + 15) << 10 | UInt32((magnitude.significand - 1) * 1024)
            return bits
        }
        return stride(from: 0, to: bits.count, by: 2).map { place in
            Float(bitPattern: bits[place] | (place + 1 < bits.count ? bits[place + 1] << 16 : 0))
        }
    }

    private func check(_ test: Case, _ set: X86Target) throws {
        var form = MatrixForm(segmentLength: test.segmentLength, inputStride: 3 * test.segmentLength + 13)
        form.segments = test.segments
        form.activation = test.activation
        form.addsResidual = test.addsResidual
        var tile = MatrixTile(
            form, rows: test.rows, vectors: test.vectors,
            outputStride: test.vectors.reduce(0) { $0 + $1.floats } + 3, pairing: test.isPaired ? set.pairing : nil,
            weights: test.weightsAreHalves ? .float16 : .float32)
        if test.prefetches { tile.prefetchWeights(during: test.tiles) }
        var batch = KernelBatch(set)
        let handle = batch.compile(tile)
        let kernels = try #require(batch.seal())
        let rows = test.rows * test.tiles
        let depth = test.segments * test.segmentLength
        var generator = SeededGenerator(seed: 5)
        let random = { (count: Int) in (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
        let input = random(rows * tile.inputStride + 64)
        var weights = random(depth * tile.width)
        var parameters = random(2 * tile.width)
        if test.weightsAreHalves { weights = weights.map { Self.half($0) } }
        if test.hasExtremeBiases {
            weights = weights.map { _ in 0 }
            for column in 0..<tile.width { parameters[column] = Self.extremes[column % Self.extremes.count] }
        }
        let residual = random(rows * tile.outputStride)
        let scale = Float.powerOfTwo(test.exponent)
        var corrected = parameters.map { $0 * scale }
        let scaledWeights = weights.map { $0 * scale }
        let stored = test.weightsAreHalves ? Self.packed(weights) : scaledWeights
        var sums: [Float] = []
        if let pairing = tile.pairing {
            let reference = PairReference(pairing)
            sums = reference.sums(ofRows: rows, input, stride: tile.inputStride, depth: depth)
            for column in 0..<tile.width {
                corrected[column] -= reference.sum(depth) { scaledWeights[$0 * tile.width + column] }
            }
        }
        var padded = [Float](repeating: .nan, count: rows * tile.outputStride + 2)
        padded.withUnsafeMutableBufferPointer { output in
            withUnalignedPointers(input, stored, corrected, residual) { input, weights, parameters, residual in
                sums.withUnsafeBufferPointer { sums in
                    guard let output = output.baseAddress.map({ $0 + 1 }) else { return }
                    var arguments = MatrixTile.Arguments(
                        input: input, weights: weights, parameters: parameters, output: output, tiles: test.tiles,
                        constants: kernels.constants, exponent: test.exponent)
                    arguments.residual = residual
                    arguments.setSegmentGap(5)
                    if let sums = sums.baseAddress { arguments.pairSums = sums }
                    arguments.setAhead(test.ahead ?? depth * tile.width, firstTile: 0)
                    withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
                }
            }
        }
        #expect(padded[0].isNaN && padded[padded.count - 1].isNaN, "\(set) wrote before or behind the output")
        let output = Array(padded[1..<(padded.count - 1)])
        for row in 0..<rows {
            for column in 0..<tile.width {
                var sum = Double(parameters[column])
                for segment in 0..<test.segments {
                    for step in 0..<test.segmentLength {
                        let a = input[row * tile.inputStride + segment * (test.segmentLength + 5) + step]
                        let b = weights[(segment * test.segmentLength + step) * tile.width + column]
                        sum += Double(a) * Double(b)
                    }
                }
                if test.addsResidual { sum += Double(residual[row * tile.outputStride + column]) }
                let expected = test.activation.reference(sum, slope: Double(parameters[tile.width + column]))
                let observed = output[row * tile.outputStride + column]
                let bound = test.hasExtremeBiases ? 1e-5 * abs(expected) + 1e-34 * Double(scale) : 2e-6 * Double(depth)
                #expect(abs(Double(observed) - expected) <= bound, "\(set) row \(row) column \(column)")
            }
            for gap in tile.width..<tile.outputStride {
                let beside = output[row * tile.outputStride + gap]
                #expect(beside.isNaN, "\(set) wrote beside row \(row)")
            }
        }
    }
}

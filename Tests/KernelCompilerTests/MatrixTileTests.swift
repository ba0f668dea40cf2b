import KernelCompiler
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Made kernels against the definition in Double: every tail, both instruction sets, unaligned addresses.
@Suite struct MatrixTileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rows: Int
        let vectors: [VectorRegister.Width]
        var segmentLength = 7
        var segments = 1
        var activation = MadeActivation.identity
        var addsResidual = false
        var tiles = 2
        var testDescription: String {
            "\(rows)×\(vectors) depth \(segments)·\(segmentLength) \(activation) residual \(addsResidual)"
        }
    }

    static let cases: [Case] = {
        var cases: [Case] = []
        for rows in [1, 2, 3, 6] { cases.append(Case(rows: rows, vectors: [.ymm, .ymm])) }
        for rows in [1, 4] { cases.append(Case(rows: rows, vectors: [.ymm, .ymm, .ymm], activation: .siLU)) }
        cases.append(Case(rows: 11, vectors: [.ymm], segmentLength: 4, activation: .sigmoid))
        cases.append(Case(rows: 5, vectors: [.ymm], segmentLength: 9, segments: 3, activation: .pReLU))
        cases.append(Case(rows: 3, vectors: [.ymm], segmentLength: 1, activation: .reLU, addsResidual: true, tiles: 1))
        for rows in [1, 9, 14] {
            cases.append(Case(rows: rows, vectors: [.zmm, .zmm], activation: .siLU, addsResidual: true))
        }
        cases.append(Case(rows: 9, vectors: [.zmm, .zmm, .ymm], segmentLength: 12, activation: .pReLU, tiles: 3))
        cases.append(Case(rows: 28, vectors: [.zmm], segmentLength: 5, segments: 2, activation: .sigmoid))
        return cases
    }()

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) throws {
        for set in InstructionSet.usable {
            let needed = test.vectors.contains(.zmm) ? InstructionSet.avx512 : .avx2
            if needed == .avx512 && set == .avx2 { continue }
            if test.rows > MatrixTile.largestRows(vectors: test.vectors.count, set) { continue }
            try check(test, set)
        }
    }

    private func check(_ test: Case, _ set: InstructionSet) throws {
        // Odd strides keep every address off its natural alignment.
        let tile = MatrixTile(
            rows: test.rows, vectors: test.vectors, segmentLength: test.segmentLength, segments: test.segments,
            inputStride: 3 * test.segmentLength + 13,
            outputStride: test.vectors.reduce(0) { $0 + $1.floats } + 3, activation: test.activation,
            addsResidual: test.addsResidual)
        var batch = KernelBatch(set)
        let handle = batch.make(tile)
        let kernels = try #require(batch.seal())
        let rows = test.rows * test.tiles
        let depth = test.segments * test.segmentLength
        var generator = SeededGenerator(seed: 5)
        let random = { (count: Int) in (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
        let input = random(rows * tile.inputStride + 64)
        let weights = random(depth * tile.width)
        let parameters = random(2 * tile.width)
        let residual = random(rows * tile.outputStride)
        var output = [Float](repeating: .nan, count: rows * tile.outputStride)
        output.withUnsafeMutableBufferPointer { output in
            withUnsafePointers(input, weights, parameters, residual) { input, weights, parameters, residual in
                guard let output = output.baseAddress else { return }
                let arguments = MatrixTile.Arguments(
                    input: input, weights: weights, parameters: parameters, output: output, residual: residual,
                    tiles: test.tiles, segmentGap: 5, constants: kernels.constants)
                withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
            }
        }
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
                var expected = test.activation.reference(sum, slope: Double(parameters[tile.width + column]))
                if test.addsResidual { expected += Double(residual[row * tile.outputStride + column]) }
                let observed = output[row * tile.outputStride + column]
                #expect(abs(Double(observed) - expected) <= 2e-6 * Double(depth), "\(set) row \(row) column \(column)")
            }
            for gap in tile.width..<tile.outputStride {
                let beside = output[row * tile.outputStride + gap]
                #expect(beside.isNaN, "\(set) wrote beside row \(row)")
            }
        }
    }
}

extension InstructionSet {
    /// The sets that this machine can run: each one includes those before it.
    static var usable: [InstructionSet] {
        guard let best else {
            print("skipped: this processor has no instruction set that kernels are made for")
            return []
        }
        return best == .avx512 ? [.avx2, .avx512] : [.avx2]
    }
}

extension MadeActivation {
    func reference(_ x: Double, slope: Double) -> Double {
        switch self {
        case .identity: x
        case .reLU: max(x, 0)
        case .siLU: x / (1 + exp(-x))
        case .sigmoid: 1 / (1 + exp(-x))
        case .pReLU: x < 0 ? x * slope : x
        }
    }
}

/// Calls `body` with the addresses of four arrays.
func withUnsafePointers(
    _ a: [Float], _ b: [Float], _ c: [Float], _ d: [Float],
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
) {
    a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            c.withUnsafeBufferPointer { c in
                d.withUnsafeBufferPointer { d in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress, let d = d.baseAddress
                    else { return }
                    body(a, b, c, d)
                }
            }
        }
    }
}

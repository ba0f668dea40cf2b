@testable import X86Kernels
import TensorEngine

extension MatrixTileTests {
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
        // Two steps are left over from the unrolling by four.
        cases.append(Case(rows: 4, vectors: [.ymm, .ymm], segmentLength: 6))
        cases.append(Case(rows: 8, vectors: [.zmm, .ymm], segmentLength: 2, segments: 3))
        for activation in [Activation.siLU, .sigmoid] {
            for width in [VectorRegister.Width.ymm, .zmm] {
                cases.append(
                    Case(rows: 3, vectors: [width, width], activation: activation, hasExtremeBiases: true))
            }
        }
        cases.append(Case(rows: 28, vectors: [.zmm], segmentLength: 5, segments: 2, activation: .sigmoid))
        // Pairs and plain steps that end anywhere in the patterns of six and of four.
        for (depth, rows) in [(2, 7), (4, 3), (6, 1), (8, 7), (10, 5), (16, 7), (30, 2)] {
            cases.append(
                Case(rows: rows, vectors: [.zmm, .zmm, .zmm], segmentLength: depth, tiles: 3, isPaired: true))
        }
        cases.append(
            Case(rows: 12, vectors: [.zmm, .ymm], segmentLength: 24, activation: .siLU, isPaired: true))
        for (depth, rows) in [(2, 4), (4, 3), (6, 1), (8, 4), (10, 2), (16, 4), (30, 2), (48, 4)] {
            cases.append(Case(rows: rows, vectors: [.ymm, .ymm], segmentLength: depth, tiles: 3, isPaired: true))
        }
        for rows in [1, 2, 3, 4] {
            cases.append(
                Case(
                    rows: rows, vectors: [.ymm, .ymm], segmentLength: 24, activation: .siLU, isPaired: true, exponent: 3
                ))
        }
        cases.append(
            Case(rows: 10, vectors: [.ymm], segmentLength: 14, activation: .pReLU, addsResidual: true, isPaired: true))
        for exponent in [1, 7, ConstantPool.largestExponent] {
            for width in [VectorRegister.Width.ymm, .zmm] {
                cases.append(
                    Case(
                        rows: 3, vectors: [width, width], activation: .siLU, exponent: exponent,
                        hasExtremeBiases: true))
            }
            cases.append(Case(rows: 2, vectors: [.ymm], activation: .siLU, exponent: exponent))
            cases.append(
                Case(
                    rows: 5, vectors: [.zmm], segmentLength: 20, activation: .siLU, isPaired: exponent < 3,
                    exponent: exponent))
        }
        cases.append(
            Case(rows: 26, vectors: [.ymm], segmentLength: 14, addsResidual: true, isPaired: true))
        for (vectors, rows, depth) in [
            ([VectorRegister.Width.ymm], 1, 30), ([.ymm, .ymm, .ymm], 1, 88), ([.zmm, .zmm, .zmm], 1, 41),
            ([.zmm, .ymm], 2, 7), ([.ymm, .ymm], 3, 4),
        ] {
            cases.append(
                Case(rows: rows, vectors: vectors, segmentLength: depth, activation: .siLU, weightsAreHalves: true))
        }
        // Turns of one to four units, with and without steps behind the last.
        for (tiles, depth) in [(7, 8), (9, 26), (13, 48), (40, 70)] {
            for isPaired in [false, true] {
                for vectors in [[VectorRegister.Width.ymm, .ymm], [.ymm, .ymm, .ymm], [.zmm, .zmm]] {
                    cases.append(
                        Case(
                            rows: 2, vectors: vectors, segmentLength: depth, activation: .siLU, tiles: tiles,
                            isPaired: isPaired, prefetches: true))
                }
            }
        }
        cases.append(
            Case(rows: 4, vectors: [.ymm, .ymm], segmentLength: 64, tiles: 20, prefetches: true, ahead: 1 << 45))
        return cases
    }()
}

/// A panel's weights times a scale for each row, an input channel: what a compiled kernel is specialised to.
///
/// Squeeze-and-excitation multiplies activations by a gate for each channel. Where there are more pixels than output
/// channels, the weights of the projection are scaled instead, anew for each picture. For ``PairedProducts`` the kernel also
/// writes each column's sum of w₀w₁ over the pairs of scaled weights.
struct WeightScaling: Hashable, Sendable {
    /// Rows of weights, `[rows, width]`.
    let rows: Int
    /// The first of them among all of the panel's.
    let firstRow: Int
    /// The registers that make up the panel's width.
    let vectors: [VectorRegister.Width]
    /// Which rows are pairs; nil where all products are plain.
    let pairing: PairedProducts?

    /// - Precondition: no pair is cut apart.
    init(rows: Range<Int>, vectors: [VectorRegister.Width], pairing: PairedProducts? = nil) {
        precondition(
            pairing == nil || rows.lowerBound % 2 == 0 && rows.upperBound % 2 == 0, "\(rows) cut a pair apart")
        self.rows = rows.count
        // Of the place in the panel only the one in the pattern matters, so that more kernels are the same.
        firstRow = pairing.map { rows.lowerBound % $0.period } ?? 0
        self.vectors = vectors
        self.pairing = pairing
    }

    var width: Int { vectors.floats }

    /// What a kernel is called with; the layout is part of the machine code.
    struct Arguments {
        var weights: UnsafePointer<Float>
        var target: UnsafeMutablePointer<Float>
        var scales: UnsafePointer<Float>
        var sums: UnsafeMutablePointer<Float>

        /// - Parameters:
        ///   - weights: the first of the rows.
        ///   - target: likewise in what is written.
        ///   - scales: one for each of the rows.
        ///   - sums: room for `width` floats, which a kernel without pairs leaves as they are.
        init(
            weights: UnsafePointer<Float>, target: UnsafeMutablePointer<Float>, scales: UnsafePointer<Float>,
            sums: UnsafeMutablePointer<Float>
        ) {
            self.weights = weights
            self.target = target
            self.scales = scales
            self.sums = sums
        }
    }
}

extension WeightScaling: KernelSpecification {
    private enum Use {
        static let weights = GeneralRegister.rax
        static let target = GeneralRegister.rcx
        static let scales = GeneralRegister.rdx
        static let sums = GeneralRegister.rsi
        static let steps = GeneralRegister.r8
    }

    /// Rows of a turn of the loop: with pairs as many as their pattern repeats after.
    private var turn: Int { pairing?.period ?? 4 }

    // The columns' sums come first, then the scaled weights of two rows, then their scales.
    private func sum(_ vector: Int) -> VectorRegister { VectorRegister(vector, vectors[vector]) }
    private func weight(_ row: Int, _ vector: Int) -> VectorRegister {
        VectorRegister((1 + row % 2) * vectors.count + vector, vectors[vector])
    }
    private func scale(_ row: Int, _ width: VectorRegister.Width) -> VectorRegister {
        VectorRegister(3 * vectors.count + row % 2, width)
    }

    /// Appends the kernel's code; its arguments are an ``Arguments``.
    func write(to assembler: inout Assembler, for target: X86Target) {
        for (slot, register) in [Use.weights, Use.target, Use.scales, Use.sums].enumerated() {
            assembler.move(register, Address(.rdi, slot * 8))
        }
        if pairing != nil { for vector in vectors.indices { assembler.clear(sum(vector)) } }
        let (loops, rest) = rows.quotientAndRemainder(dividingBy: turn)
        if loops > 0 {
            assembler.move(Use.steps, Int32(loops))
            let loop = assembler.here
            writeRows(turn, &assembler)
            assembler.add(Use.weights, turn * width * 4)
            assembler.add(Use.target, turn * width * 4)
            assembler.add(Use.scales, turn * 4)
            assembler.decrement(Use.steps)
            assembler.jump(if: .notZero, to: loop)
        }
        writeRows(rest, &assembler)
        if pairing != nil {
            for vector in vectors.indices {
                assembler.store(Address(Use.sums, vectors.bytes(before: vector)), sum(vector))
            }
        }
        assembler.vzeroupper()
        assembler.ret()
    }

    private func writeRows(_ count: Int, _ assembler: inout Assembler) {
        for row in 0..<count {
            assembler.broadcast(scale(row, vectors[0]), Address(Use.scales, row * 4))
            for vector in vectors.indices {
                let place = row * width * 4 + vectors.bytes(before: vector)
                let scaled = weight(row, vector)
                assembler.apply(.multiplyPS, scaled, scale(row, vectors[vector]), Address(Use.weights, place))
                assembler.store(Address(Use.target, place), scaled)
            }
            if row % 2 == 1, let pairing, pairing.isPair(at: firstRow + row - 1) {
                for vector in vectors.indices {
                    assembler.apply(.fusedMultiplyAdd231PS, sum(vector), weight(0, vector), weight(1, vector))
                }
            }
        }
    }
}

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

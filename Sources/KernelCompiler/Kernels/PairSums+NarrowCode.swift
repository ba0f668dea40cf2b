extension PairSums {
    /// Floats of a vector, and pairs of ``PairedProducts/avx2`` in it: the first two of every four.
    private static let lanes = 8

    // Accumulators come first, then two vectors that are in work for each row in turn.
    private func accumulator(_ row: Int) -> VectorRegister { VectorRegister(row, .ymm) }
    private func temporary(_ number: Int) -> VectorRegister { VectorRegister(Self.rows + number % 8, .ymm) }

    /// accumulator ← the row's products in the first lane of each half; the other lanes hold what nobody asks for.
    func writeNarrowProducts(_ assembler: inout Assembler) {
        assembler.move(Use.cursor, Use.input)
        for row in 0..<Self.rows { assembler.clear(accumulator(row)) }
        assembler.move(Use.steps, Int32(depth / Self.lanes))
        let loop = assembler.here
        for row in 0..<Self.rows {
            let (values, neighbours) = (temporary(2 * row), temporary(2 * row + 1))
            assembler.load(values, Address(Use.cursor, row * inputStride * 4))
            assembler.shuffle(neighbours, values, values, 0b11_11_01_01)
            assembler.apply(.fusedMultiplyAdd231PS, accumulator(row), values, neighbours)
        }
        assembler.add(Use.cursor, Self.lanes * 4)
        assembler.decrement(Use.steps)
        assembler.jump(if: .notZero, to: loop)
    }

    /// The first lanes of all halves come together in two vectors, which are added.
    func writeNarrowSums(_ assembler: inout Assembler) {
        for row in stride(from: 0, to: Self.rows, by: 2) {
            assembler.shuffle(accumulator(row), accumulator(row), accumulator(row + 1), 0)
        }
        for row in stride(from: 0, to: Self.rows, by: 4) {
            assembler.shuffle(accumulator(row), accumulator(row), accumulator(row + 2), 0b10_00_10_00)
        }
        assembler.shuffleHalves(temporary(0), accumulator(0), accumulator(4), 0x20)
        assembler.shuffleHalves(temporary(1), accumulator(0), accumulator(4), 0x31)
        assembler.apply(.addPS, temporary(0), temporary(0), temporary(1))
        assembler.store(Address(Use.output), temporary(0))
    }
}

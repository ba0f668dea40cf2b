/// With AVX2, whose ``PairedProducts/avx2`` are the first two of every four steps.
extension PairSums {
    private static let narrowLanes = 8

    // Accumulators come first, then two vectors that are in work for each row in turn.
    private func narrowAccumulator(_ row: Int) -> VectorRegister { VectorRegister(row, .ymm) }
    private func narrowTemporary(_ number: Int) -> VectorRegister { VectorRegister(Self.rows + number % 8, .ymm) }

    /// accumulator ← the row's products in the first lane of each half; the other lanes hold what nobody asks for.
    func writeNarrowProducts(_ assembler: inout Assembler) {
        assembler.move(Use.cursor, Use.input)
        for row in 0..<Self.rows { assembler.clear(narrowAccumulator(row)) }
        assembler.move(Use.steps, Int32(depth / Self.narrowLanes))
        let loop = assembler.here
        for row in 0..<Self.rows {
            let (values, neighbours) = (narrowTemporary(2 * row), narrowTemporary(2 * row + 1))
            assembler.load(values, Address(Use.cursor, row * inputStride * 4))
            assembler.shuffle(neighbours, values, values, 0b11_11_01_01)
            assembler.apply(.fusedMultiplyAdd231PS, narrowAccumulator(row), values, neighbours)
        }
        assembler.add(Use.cursor, Self.narrowLanes * 4)
        assembler.decrement(Use.steps)
        assembler.jump(if: .notZero, to: loop)
    }

    /// The first lanes of all halves come together in two vectors, which are added.
    func writeNarrowSums(_ assembler: inout Assembler) {
        for row in stride(from: 0, to: Self.rows, by: 2) {
            assembler.shuffle(narrowAccumulator(row), narrowAccumulator(row), narrowAccumulator(row + 1), 0)
        }
        for row in stride(from: 0, to: Self.rows, by: 4) {
            assembler.shuffle(narrowAccumulator(row), narrowAccumulator(row), narrowAccumulator(row + 2), 0b10_00_10_00)
        }
        assembler.shuffleHalves(narrowTemporary(0), narrowAccumulator(0), narrowAccumulator(4), 0x20)
        assembler.shuffleHalves(narrowTemporary(1), narrowAccumulator(0), narrowAccumulator(4), 0x31)
        assembler.apply(.addPS, narrowTemporary(0), narrowTemporary(0), narrowTemporary(1))
        assembler.store(Address(Use.output), narrowTemporary(0))
    }
}

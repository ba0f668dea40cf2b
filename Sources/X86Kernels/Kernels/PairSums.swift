/// The part of ``PairedProducts`` that belongs to rows of activations: what a compiled kernel is specialised to.
///
/// The kernel writes, for each of some rows, the sum of x₀x₁ over the pairs of its `depth` floats, paired as the
/// target does.
struct PairSums: Hashable, Sendable {
    /// Floats of a row, a multiple of 8.
    var depth: Int
    /// Floats from one row to the next.
    var inputStride: Int

    /// Rows that are computed at a time.
    static let rows = 8

    init(depth: Int, inputStride: Int) {
        precondition(depth > 0 && depth % 8 == 0, "a depth of \(depth) is not whole vectors")
        self.depth = depth
        self.inputStride = inputStride
    }

    /// What a kernel is called with; the layout is part of the machine code.
    struct Arguments {
        var input: UnsafePointer<Float>
        var output: UnsafeMutablePointer<Float>
        var constants: UnsafeRawPointer
        /// How many times eight rows.
        var groups: Int

        init(
            input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, groups: Int,
            constants: borrowing ConstantPool
        ) {
            self.input = input
            self.output = output
            self.constants = constants.base()
            self.groups = groups
        }
    }
}

extension PairSums: KernelSpecification {
    enum Use {
        static let input = GeneralRegister.rax
        static let output = GeneralRegister.rcx
        static let constants = GeneralRegister.rdx
        static let groups = GeneralRegister.rsi
        static let cursor = GeneralRegister.r8
        static let steps = GeneralRegister.r9
    }

    /// Floats of a vector, and vectors after which the pattern of pairs begins at a first lane again.
    private static let (lanes, phases) = (16, 3)

    /// Accumulators come first, then the masks, then two vectors that are in work for each row in turn.
    private func accumulator(_ row: Int) -> VectorRegister { VectorRegister(row, .zmm) }
    private func mask(_ phase: Int) -> VectorRegister { VectorRegister(Self.rows + phase, .zmm) }
    private func temporary(_ number: Int) -> VectorRegister { VectorRegister(Self.rows + Self.phases + number, .zmm) }

    /// Appends the kernel's code; its arguments are an ``Arguments``.
    func write(to assembler: inout Assembler, for target: X86Target) {
        for (slot, register) in [Use.input, Use.output, Use.constants, Use.groups].enumerated() {
            assembler.move(register, Address(.rdi, slot * 8))
        }
        let isWide = assembler.encoding == .evex
        if isWide { writeMasks(&assembler) }
        let nextGroup = assembler.here
        if isWide {
            writeProducts(&assembler)
            writeSums(&assembler)
        } else {
            writeNarrowProducts(&assembler)
            writeNarrowSums(&assembler)
        }
        assembler.add(Use.input, Self.rows * inputStride * 4)
        assembler.add(Use.output, Self.rows * 4)
        assembler.decrement(Use.groups)
        assembler.jump(if: .notZero, to: nextGroup)
        assembler.vzeroupper()
        assembler.ret()
    }

    private func writeMasks(_ assembler: inout Assembler) {
        for (phase, constant) in [ConstantPool.Constant.pairs0, .pairs1, .pairs2].enumerated() {
            assembler.load(mask(phase), Address(Use.constants, ConstantPool.offset(of: constant)))
        }
    }

    /// accumulator ← the row's products, spread over the lanes.
    private func writeProducts(_ assembler: inout Assembler) {
        let vectors = depth / Self.lanes
        let (loops, rest) = (vectors / Self.phases, vectors % Self.phases)
        assembler.move(Use.cursor, Use.input)
        writeHalfVector(&assembler)
        if loops > 0 {
            assembler.move(Use.steps, Int32(loops))
            let loop = assembler.here
            for phase in 0..<Self.phases { writeVector(phase, &assembler) }
            assembler.add(Use.cursor, Self.phases * Self.lanes * 4)
            assembler.decrement(Use.steps)
            assembler.jump(if: .notZero, to: loop)
        }
        for phase in 0..<rest { writeVector(phase, &assembler) }
    }

    /// Each float times its neighbour times its mask: half of every pair's product in either lane.
    private func writeVector(_ phase: Int, _ assembler: inout Assembler) {
        for row in 0..<Self.rows {
            let (values, neighbours) = (temporary(2 * row), temporary(2 * row + 1))
            assembler.load(values, Address(Use.cursor, (row * inputStride + phase * Self.lanes) * 4))
            assembler.shuffle(neighbours, values, values, 0b10_11_00_01)
            assembler.apply(.multiplyPS, neighbours, neighbours, mask(phase))
            assembler.apply(.fusedMultiplyAdd231PS, accumulator(row), values, neighbours)
        }
    }

    /// The last eight floats of a depth that is no multiple of 16, first: writing half a vector clears the other half.
    private func writeHalfVector(_ assembler: inout Assembler) {
        guard depth % Self.lanes != 0 else {
            for row in 0..<Self.rows { assembler.clear(accumulator(row)) }
            return
        }
        let place = depth / Self.lanes * Self.lanes
        let half = { (register: VectorRegister) in VectorRegister(Int(register.number), .ymm) }
        for row in 0..<Self.rows {
            let (values, neighbours) = (half(temporary(2 * row)), half(temporary(2 * row + 1)))
            assembler.load(values, Address(Use.cursor, (row * inputStride + place) * 4))
            assembler.shuffle(neighbours, values, values, 0b10_11_00_01)
            assembler.apply(.multiplyPS, neighbours, neighbours, half(mask(place / Self.lanes % Self.phases)))
            assembler.apply(.multiplyPS, half(accumulator(row)), values, neighbours)
        }
    }

    /// Eight accumulators become one vector of eight sums, by halving their number and then their width.
    private func writeSums(_ assembler: inout Assembler) {
        for distance in [1, 2] {
            for row in stride(from: 0, to: Self.rows, by: 2 * distance) {
                merge(accumulator(row), accumulator(row + distance), &assembler) { $0.shuffle($1, $2, $3, $4) }
            }
        }
        // Each quarter now holds the four sums of four rows, as far as they came from that quarter.
        merge(accumulator(0), accumulator(4), &assembler) { $0.shuffleQuarters($1, $2, $3, $4) }
        merge(accumulator(0), accumulator(0), &assembler) { $0.shuffleQuarters($1, $2, $3, $4) }
        assembler.store(Address(Use.output), VectorRegister(0, .ymm))
    }

    /// first ← the even elements of first and second + the odd ones.
    private func merge(
        _ first: VectorRegister, _ second: VectorRegister, _ assembler: inout Assembler,
        shuffle: (inout Assembler, VectorRegister, VectorRegister, VectorRegister, UInt8) -> Void
    ) {
        shuffle(&assembler, temporary(0), first, second, 0b10_00_10_00)
        shuffle(&assembler, temporary(1), first, second, 0b11_01_11_01)
        assembler.apply(.addPS, first, temporary(0), temporary(1))
    }
}

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

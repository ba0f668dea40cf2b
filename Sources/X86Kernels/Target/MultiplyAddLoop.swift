/// A loop of nothing but fused multiply-adds on registers, compiled for this processor: its peak, by definition.
package struct MultiplyAddLoop {
    /// Multiplications and additions of one call.
    package let operations: Double
    package let target: X86Target
    private let memory: ExecutableMemory

    /// Independent sums, more than latency times throughput of any processor so far: 4…5 cycles, two a cycle.
    private static let sums = 12
    private static let rounds = 20_000

    /// Nil where no machine code can be written.
    package init?() {
        guard let target = X86Target.best else { return nil }
        var assembler = Assembler(target.encoding)
        let factor = VectorRegister(Self.sums, target.widest)
        let registers = (0..<Self.sums).map { VectorRegister($0, target.widest) }
        // Zeros: denormal numbers and infinities may take longer.
        for register in registers + [factor] { assembler.clear(register) }
        assembler.move(.rax, Int32(Self.rounds))
        let loop = assembler.here
        for register in registers { assembler.apply(.fusedMultiplyAdd231PS, register, factor, factor) }
        assembler.decrement(.rax)
        assembler.jump(if: .notZero, to: loop)
        assembler.vzeroupper()
        assembler.ret()
        guard let memory = ExecutableMemory(assembler.code) else { return nil }
        self.memory = memory
        self.target = target
        operations = Double(2 * Self.rounds * Self.sums * target.widest.floats)
    }

    package func callAsFunction() {
        var nothing = 0
        withUnsafePointer(to: &nothing) { memory.function(at: 0)(UnsafeRawPointer($0)) }
    }
}

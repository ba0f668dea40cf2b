internal import TensorEngine

/// Outputs that wait in registers to be activated and stored.
///
/// An activation is one chain of instructions that wait for each other. Of the sixteen registers of AVX2 few are free for
/// a second chain while a tile's sums lie in the others, but each output that is stored leaves one more: two chains,
/// then three and four are written in turn, which takes an eighth off a SiLU. With AVX-512 the processor's own reordering
/// finds enough, and outputs go one by one.
struct OutputQueue {
    struct Output {
        let register: VectorRegister
        let slopes: Address
        /// What comes before the activation.
        var prepare: [Assembler.Step] = []
        /// What follows the activation.
        let store: [Assembler.Step]
    }

    let activation: Activation
    let constants: GeneralRegister
    /// Numbers of registers that may be overwritten, three at least.
    private var free: [Int]

    /// More chains at a time than this were no faster.
    private static let mostChains = 4

    init(_ activation: Activation, constants: GeneralRegister, free: Range<Int>) {
        precondition(free.count >= Assembler.activationTemporaries, "no registers for an activation")
        self.activation = activation
        self.constants = constants
        self.free = Array(free)
    }

    /// - Parameter releases: whether an output's register may be overwritten once it is stored.
    mutating func write(_ outputs: [Output], releases: Bool, to assembler: inout Assembler) {
        var next = 0
        while next < outputs.count {
            let chains =
                assembler.encoding == .evex
                ? 1 : min(free.count / Assembler.activationTemporaries, outputs.count - next, Self.mostChains)
            let batch = outputs[next..<(next + chains)]
            writeInTurn(batch.enumerated().map { steps(of: $1, chain: $0, assembler) }, to: &assembler)
            if releases && assembler.encoding == .vex { free += batch.map { Int($0.register.number) } }
            next += chains
        }
    }

    private func steps(of output: Output, chain: Int, _ assembler: Assembler) -> [Assembler.Step] {
        let first = chain * Assembler.activationTemporaries
        let temporaries = free[first..<(first + Assembler.activationTemporaries)].map {
            VectorRegister($0, output.register.width)
        }
        return output.prepare
            + assembler.steps(
                of: activation, output.register, slopes: output.slopes, constants: constants, temporaries: temporaries)
            + output.store
    }

    private func writeInTurn(_ chains: [[Assembler.Step]], to assembler: inout Assembler) {
        for place in 0..<(chains.map(\.count).max() ?? 0) {
            for chain in chains where place < chain.count { chain[place](&assembler) }
        }
    }
}

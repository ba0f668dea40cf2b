/// Kernels that are made together and live in one block of executable memory.
///
/// Kernels of equal specification are made once. Call ``seal()`` when all are known; only then can they be fetched.
package struct KernelBatch {
    /// Where a kernel will be, once its batch is sealed.
    package struct Handle: Hashable, Sendable {
        let offset: Int
    }

    package let instructionSet: InstructionSet
    private var assembler: Assembler
    private var matrixTiles: [MatrixTile: Handle] = [:]
    private var depthwiseStrips: [DepthwiseStrip: Handle] = [:]
    private var pairSums: [PairSums: Handle] = [:]

    package init(_ instructionSet: InstructionSet) {
        self.instructionSet = instructionSet
        assembler = Assembler(instructionSet.encoding)
    }

    package mutating func make(_ tile: MatrixTile) -> Handle {
        if let handle = matrixTiles[tile] { return handle }
        let handle = begin()
        tile.write(to: &assembler)
        matrixTiles[tile] = handle
        return handle
    }

    package mutating func make(_ strip: DepthwiseStrip) -> Handle {
        if let handle = depthwiseStrips[strip] { return handle }
        let handle = begin()
        strip.write(to: &assembler, instructionSet)
        depthwiseStrips[strip] = handle
        return handle
    }

    package mutating func make(_ sums: PairSums) -> Handle {
        if let handle = pairSums[sums] { return handle }
        let handle = begin()
        sums.write(to: &assembler)
        pairSums[sums] = handle
        return handle
    }

    /// The finished kernels; nil where the system refuses executable memory.
    package func seal() -> MadeKernels? {
        ExecutableMemory(assembler.code).map { MadeKernels(memory: $0, constants: ConstantPool()) }
    }

    /// Kernels begin on a cache line.
    private mutating func begin() -> Handle {
        assembler.align(to: 64)
        return Handle(offset: assembler.code.count)
    }
}

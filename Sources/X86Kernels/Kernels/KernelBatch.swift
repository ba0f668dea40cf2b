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
    private var handles: [AnyHashable: Handle] = [:]

    package init(_ instructionSet: InstructionSet) {
        self.instructionSet = instructionSet
        assembler = Assembler(instructionSet.encoding)
    }

    /// Where the kernel will be; made now, unless one of equal specification is there.
    package mutating func make(_ kernel: some KernelSpecification) -> Handle {
        if let handle = handles[kernel] { return handle }
        let handle = begin()
        kernel.write(to: &assembler, for: instructionSet)
        handles[kernel] = handle
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

/// What a compiled kernel is specialised to, and how its machine code is written; kernels of equal specification are the same.
///
/// A kernel is called with the address of its arguments, whose layout is part of the code.
protocol KernelSpecification: Hashable, Sendable {
    /// Appends the kernel's code.
    func write(to assembler: inout Assembler, for target: X86Target)
}

/// Kernels that are compiled together and come to lie in one block of executable memory.
///
/// Kernels of equal specification are compiled once. Call ``seal()`` when all are known; only then can they be run.
struct KernelBatch {
    /// Where a kernel lies in the memory of its batch.
    struct Handle: Hashable, Sendable {
        let offset: Int
    }

    let target: X86Target
    /// Where the kernels will be found.
    let kernels = CompiledKernels()
    private var assembler: Assembler
    private var handles: [AnyHashable: Handle] = [:]

    init(_ target: X86Target) {
        self.target = target
        assembler = Assembler(target.encoding)
    }

    /// Where the kernel will be; compiled now, unless one of equal specification is there.
    mutating func compile(_ kernel: some KernelSpecification) -> Handle {
        if let handle = handles[kernel] { return handle }
        // Kernels begin on a cache line.
        assembler.align(to: 64)
        let handle = Handle(offset: assembler.code.count)
        kernel.write(to: &assembler, for: target)
        handles[kernel] = handle
        return handle
    }

    /// The finished kernels; nil where the system refuses executable memory.
    func seal() -> CompiledKernels? { kernels.fill(with: assembler.code) ? kernels : nil }
}

/// The kernels of a batch: empty until it is sealed, and never changed afterwards.
///
/// Whoever runs one holds a reference, and the pages go with the last of them.
final class CompiledKernels: @unchecked Sendable {
    let constants = ConstantPool()
    private var memory: ExecutableMemory?
    /// Where ``memory`` begins; nil until there is some.
    private var base: UnsafeRawPointer?

    /// - Returns: false where the system refuses executable memory.
    func fill(with code: [UInt8]) -> Bool {
        precondition(memory == nil, "a batch is sealed once")
        memory = ExecutableMemory(code)
        base = memory?.entry(at: 0)
        return memory != nil
    }

    /// - Precondition: the batch has been sealed.
    func function(_ handle: KernelBatch.Handle) -> MachineFunction {
        guard let base else { preconditionFailure("a kernel of a batch that was not sealed") }
        return unsafeBitCast(base + handle.offset, to: MachineFunction.self)
    }
}

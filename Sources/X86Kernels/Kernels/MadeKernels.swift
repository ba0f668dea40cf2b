/// Sealed kernels, ready to be called as long as this value lives.
package struct MadeKernels: Sendable {
    private let memory: ExecutableMemory
    package let constants: ConstantPool

    init(memory: ExecutableMemory, constants: ConstantPool) {
        self.memory = memory
        self.constants = constants
    }

    package func function(_ handle: KernelBatch.Handle) -> MachineFunction { memory.function(at: handle.offset) }
}

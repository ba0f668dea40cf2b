/// What a made kernel is specialised to, and how its machine code is written; kernels of equal specification are the same.
///
/// A kernel is called with the address of its arguments, whose layout is part of the code.
package protocol KernelSpecification: Hashable, Sendable {
    /// Appends the kernel's code.
    func write(to assembler: inout Assembler, for set: InstructionSet)
}

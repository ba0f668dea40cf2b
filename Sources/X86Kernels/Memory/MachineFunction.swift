/// The signature of every kernel made at load time: one pointer to its arguments, in `rdi` by the System V convention.
package typealias MachineFunction = @convention(c) (UnsafeRawPointer) -> Void

extension ExecutableMemory {
    /// The code from `offset` on as a function. Valid as long as this memory lives.
    package func function(at offset: Int) -> MachineFunction {
        unsafeBitCast(entry(at: offset), to: MachineFunction.self)
    }
}

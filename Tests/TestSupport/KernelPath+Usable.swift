package import X86Kernels
package import TensorEngine

extension KernelPath {
    /// The portable path and every instruction set that this machine can run.
    package static let usable: [KernelPath] = {
        if InstructionSet.supported.isEmpty {
            print("skipped: no made kernels on this processor, only the portable path is tested")
        }
        return [.portable] + InstructionSet.supported.map(KernelPath.made)
    }()

    /// Where a layer for this path is planned.
    package var batch: KernelBatch? {
        if case .made(let set) = self { return KernelBatch(set) }
        return nil
    }
}

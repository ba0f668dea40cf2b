package import KernelCompiler
package import TensorEngine

extension KernelPath {
    /// The portable path and every instruction set that this machine can run.
    package static let usable: [KernelPath] = {
        switch InstructionSet.best {
        case .avx512: return [.portable, .made(.avx2), .made(.avx512)]
        case .avx2: return [.portable, .made(.avx2)]
        case nil:
            print("skipped: no made kernels on this processor, only the portable path is tested")
            return [.portable]
        }
    }()

    /// Where a layer for this path is planned.
    package var batch: KernelBatch? {
        if case .made(let set) = self { return KernelBatch(set) }
        return nil
    }
}

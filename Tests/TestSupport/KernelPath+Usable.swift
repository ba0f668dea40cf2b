package import NetworkPlanning
internal import X86Kernels

extension KernelPath {
    /// The portable path and every target that this machine can run.
    package static let usable: [KernelPath] = {
        if X86Target.supported.isEmpty {
            print("skipped: no compiled kernels on this processor, only the portable path is tested")
        }
        return [.portable] + X86Target.supported.map(KernelPath.compiled)
    }()
}

package import X86Kernels

extension KernelPath {
    /// Which kernels a network on this path runs, and why those, for people.
    ///
    /// - Parameters:
    ///   - wanted: the path that was asked for: ``best``, unless it is known to be another.
    ///   - available: what the processor is known to offer: nothing where it cannot be asked, for want of executable memory.
    ///   - allowed: whether the system lets made kernels be executed.
    package func explanation(
        wanted: KernelPath = .best, available: InstructionSet? = .best, allowed: Bool = ExecutableMemory.isAllowed
    ) -> String {
        switch self {
        case .made(let instructionSet):
            "made for this processor when the network is loaded, \(instructionSet.rawValue)"
        case .portable where available == nil && allowed:
            "portable: the processor has neither AVX-512 nor AVX2 with FMA and F16C"
        case .portable where available != nil && wanted == .portable:
            "portable: turned off by \(KernelPath.environmentVariable)"
        case .portable:
            "portable: the system does not let made kernels be executed"
        }
    }
}

package import KernelCompiler

extension KernelPath {
    /// Which kernels a network on this path runs, and why those, for people.
    ///
    /// - Parameters:
    ///   - wanted: the path that was asked for: ``best``, unless it is known to be another.
    ///   - available: what the processor offers.
    package func explanation(
        wanted: KernelPath = .best, available: InstructionSet? = .best
    ) -> String {
        switch self {
        case .made(let instructionSet):
            "made for this processor when the network is loaded, \(instructionSet.rawValue)"
        case .portable where available == nil:
            "portable: the processor has neither AVX-512 nor AVX2 with FMA"
        case .portable where wanted == .portable:
            "portable: turned off by \(KernelPath.environmentVariable)"
        case .portable:
            "portable: the system does not let made kernels be executed"
        }
    }
}

package import X86Kernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which kernels a planned network runs on.
package enum KernelPath: Hashable, Sendable {
    /// Machine code made for each layer when the network is loaded.
    case made(InstructionSet)
    /// Swift compiled ahead of time, matrix products through BLAS: every processor, and the reference for the other.
    case portable

    /// Set to `portable` it turns made kernels off for the whole process.
    package static let environmentVariable = "SWIFT_EMOTION_KERNELS"

    /// The best path on this machine, unless ``environmentVariable`` asks for the portable one.
    package static let best: KernelPath = {
        if getenv(environmentVariable).map({ String(cString: $0) }) == "portable" { return .portable }
        return InstructionSet.best.map(KernelPath.made) ?? .portable
    }()
}

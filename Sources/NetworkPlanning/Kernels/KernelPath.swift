package import TensorEngine
package import X86Kernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether a network may run on machine code that is compiled for this processor when it is loaded.
public enum KernelChoice: String, Hashable, Sendable, CaseIterable {
    /// Compiled kernels where processor and operating system allow them, else the portable ones. The environment variable
    /// `SWIFT_EMOTION_KERNELS=portable` turns them off for the whole process.
    case automatic
    /// Never compiled kernels.
    case portable

    package var path: KernelPath { self == .portable ? .portable : .best }
}

/// Which kernels a planned network runs on.
///
/// The only place that knows which backends there are: one for another processor is a case more here.
package enum KernelPath: Hashable, Sendable {
    /// Machine code written for each layer when the network is loaded.
    case compiled(X86Target)
    /// Swift compiled ahead of time, matrix products through BLAS: every processor, and the reference for the other.
    case portable

    /// Set to `portable` it turns compiled kernels off for the whole process.
    package static let environmentVariable = "SWIFT_EMOTION_KERNELS"

    /// The best path on this machine, unless ``environmentVariable`` asks for the portable one.
    package static let best: KernelPath = {
        if getenv(environmentVariable).map({ String(cString: $0) }) == "portable" { return .portable }
        return X86Target.best.map(KernelPath.compiled) ?? .portable
    }()

    /// What `make` plans with kernels of this path; with portable ones where the system will not let compiled ones be
    /// executed.
    ///
    /// - Parameter make: plans with the kernels of the backend that it is given, and says so of the path.
    package func plan<Plan>(_ make: (any KernelBackend, KernelPath) -> Plan) -> Plan {
        if case .compiled(let target) = self {
            let backend = X86Backend(target)
            let plan = make(backend, self)
            if backend.seal() { return plan }
        }
        return make(PortableBackend(), .portable)
    }
}

extension KernelPath {
    /// Which kernels a network on this path runs, and why those, for people.
    ///
    /// - Parameters:
    ///   - wanted: the path that was asked for: ``best``, unless it is known to be another.
    ///   - available: what the processor is known to offer: nothing where it cannot be asked, for want of executable memory.
    ///   - allowed: whether the system lets compiled kernels be executed.
    package func explanation(
        wanted: KernelPath = .best, available: X86Target? = .best, allowed: Bool = ExecutableMemory.isAllowed
    ) -> String {
        switch self {
        case .compiled(let target): "compiled for this processor when the network is loaded, \(target)"
        case .portable where available == nil && allowed:
            "portable: the processor has neither AVX-512 nor AVX2 with FMA and F16C"
        case .portable where available != nil && wanted == .portable:
            "portable: turned off by \(KernelPath.environmentVariable)"
        case .portable: "portable: the system does not let compiled kernels be executed"
        }
    }
}

import NetworkPlanning

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which kernels the engine was told to use.
enum KernelChoice {
    /// The value of `SWIFT_EMOTION_KERNELS`, or `default`.
    static var current: String { getenv("SWIFT_EMOTION_KERNELS").map { String(cString: $0) } ?? "default" }
}

extension KernelPath {
    /// `portable` or `compiled, avx512`.
    var name: String {
        switch self {
        case .portable: "portable"
        case .compiled(let target): "compiled, \(target)"
        }
    }
}

package import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Activation {
    /// The definition in Double.
    package func reference(_ x: Double, slope: Double = 0) -> Double {
        switch self {
        case .identity: x
        case .reLU: max(x, 0)
        case .siLU: x / (1 + exp(-x))
        case .sigmoid: 1 / (1 + exp(-x))
        case .pReLU: x < 0 ? x * slope : x
        }
    }
}

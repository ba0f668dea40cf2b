#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The C library's functions, in double precision.
enum ErrorFunction {
    static func value(_ x: Double) -> Double { erf(x) }
    static func exponential(_ x: Double) -> Double { exp(x) }
}

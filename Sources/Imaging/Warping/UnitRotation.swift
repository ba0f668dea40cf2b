#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Cosine and sine of an angle from the system's mathematics library.
struct UnitRotation {
    let cosine: Double
    let sine: Double

    init(radians: Double) {
        cosine = cos(radians)
        sine = sin(radians)
    }
}

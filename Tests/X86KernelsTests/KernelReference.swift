import X86Kernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension InstructionSet {
    /// The sets that this machine can run; where there are none, that is printed.
    static var usable: [InstructionSet] {
        if supported.isEmpty { print("skipped: this processor has no instruction set that kernels are made for") }
        return supported
    }
}

extension MadeActivation {
    func reference(_ x: Double, slope: Double) -> Double {
        switch self {
        case .identity: x
        case .reLU: max(x, 0)
        case .siLU: x / (1 + exp(-x))
        case .sigmoid: 1 / (1 + exp(-x))
        case .pReLU: x < 0 ? x * slope : x
        }
    }
}

/// Calls `body` with the addresses of copies of four arrays, each one float off an alignment to 16 bytes.
func withUnalignedPointers(
    _ a: [Float], _ b: [Float], _ c: [Float], _ d: [Float],
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
) {
    // The elements of an array begin at a multiple of 16 bytes.
    ([.nan] + a).withUnsafeBufferPointer { a in
        ([.nan] + b).withUnsafeBufferPointer { b in
            ([.nan] + c).withUnsafeBufferPointer { c in
                ([.nan] + d).withUnsafeBufferPointer { d in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress, let d = d.baseAddress
                    else { return }
                    body(a + 1, b + 1, c + 1, d + 1)
                }
            }
        }
    }
}

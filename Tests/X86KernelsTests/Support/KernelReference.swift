@testable import X86Kernels
import TensorEngine

extension X86Target {
    /// The sets that this machine can run; where there are none, that is printed.
    static var usable: [X86Target] {
        if supported.isEmpty { print("skipped: kernels are compiled for no target of this processor") }
        return supported
    }
}

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

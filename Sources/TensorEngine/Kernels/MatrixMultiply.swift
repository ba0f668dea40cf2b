import COpenBLAS

/// Dense matrix products, row-major, through OpenBLAS's `sgemm`.
///
/// OpenBLAS is held to one thread here, once: at the sizes of these networks its own threading hardly pays, and two
/// pools would compete for the same cores. Callers split the rows over a ``WorkerPool``.
package enum MatrixMultiply {
    /// Multiplications up to which the library takes operands as they lie; nil where it copies both at every call, into
    /// the order in which its kernels read them.
    ///
    /// - Source: `kernel/x86_64/sgemm_small_kernel_permit_skylakex.c` of OpenBLAS 0.3.21, which its families of kernels for
    ///   AVX-512 share.
    static let largestDirectProduct: Int? =
        ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(MatrixLibrary.kernelFamily) ? 1_000_000 : nil

    /// Whether every product begins by copying both operands, and by a sweep over what it will be added to.
    package static var packsOperands: Bool { largestDirectProduct == nil }

    static let holdsOpenBLASToOneThread: Void = openblas_set_num_threads(1)

    /// C ← A · B, or C ← C + A · B.
    ///
    /// - Parameters:
    ///   - a: `[rows, depth]`.
    ///   - b: `[depth, columns]`.
    ///   - c: `[rows, columns]`; its old contents count only when `accumulates`.
    /// - Complexity: O(rows · columns · depth).
    /// - Accuracy: |Δ| ≤ 4 · √depth · 2⁻²⁴ · Σ|a·b| against the sum in Double.
    package static func multiply(
        _ a: Rows<UnsafePointer<Float>>, by b: Rows<UnsafePointer<Float>>,
        into c: Rows<UnsafeMutablePointer<Float>>, rows: Int, columns: Int, depth: Int, accumulates: Bool = false
    ) {
        _ = holdsOpenBLASToOneThread
        guard rows > 0, columns > 0 else { return }
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), 1, a.first,
            Int32(a.stride), b.first, Int32(b.stride), accumulates ? 1 : 0, c.first, Int32(c.stride))
    }

    /// A matrix in memory: its first element, and how many elements consecutive rows are apart.
    package struct Rows<Pointer> {
        let first: Pointer
        let stride: Int

        package init(_ first: Pointer, stride: Int) { (self.first, self.stride) = (first, stride) }
    }
}

extension Tensor {
    /// The matrix product of `[rows, depth]` and `[depth, columns]`.
    ///
    /// - Precondition: both have rank 2 and agree on `depth`.
    /// - Complexity: O(rows · columns · depth).
    public func multiplied(by other: Tensor) -> Tensor {
        precondition(
            shape.rank == 2 && other.shape.rank == 2 && shape[1] == other.shape[0],
            "cannot multiply \(shape) by \(other.shape)")
        let (rows, depth, columns) = (shape[0], shape[1], other.shape[1])
        var product = Tensor(zeros: [rows, columns])
        withUnsafeBuffer { a in
            other.withUnsafeBuffer { b in
                product.withUnsafeMutableBuffer { c in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
                    MatrixMultiply.multiply(
                        .init(a, stride: depth), by: .init(b, stride: columns), into: .init(c, stride: columns),
                        rows: rows, columns: columns, depth: depth)
                }
            }
        }
        return product
    }
}

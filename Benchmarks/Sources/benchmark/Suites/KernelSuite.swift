import TensorEngine

/// What planned kernels replace, alone and at the sizes of the network: plain activations and bare matrix products.
enum KernelSuite {
    static func measure(in run: inout BenchmarkRun) {
        for (side, channels) in [(130, 32), (130, 96), (65, 144), (33, 288), (17, 528), (9, 2112)] {
            let map = Tensor.deterministic([1, side, side, channels])
            // Not in place: repeated on its own output, SiLU would end in denormal numbers, slower than any activation.
            run.time("plain/silu-\(side)x\(side)-\(channels)", group: "plain activations", detail: "with a copy") {
                _ = Activation.siLU(map)
            }
            let slope = Tensor(repeating: 0.25, shape: [channels])
            run.time("plain/prelu-\(side)x\(side)-\(channels)", group: "plain activations", detail: "with a copy") {
                _ = map.rectified(withSlope: slope)
            }
        }
        measureProducts(in: &run)
    }

    /// The matrix products behind the pointwise convolutions, without bias and activation, on one thread.
    private static func measureProducts(in run: inout BenchmarkRun) {
        let shapes = [
            (16900, 16, 96), (4225, 24, 144), (4225, 144, 24), (1089, 48, 288), (1089, 288, 48), (289, 88, 528),
            (289, 528, 88), (289, 120, 720), (289, 720, 120), (81, 208, 1248), (81, 1248, 208), (81, 352, 1408),
        ]
        for (rows, depth, columns) in shapes {
            let (a, b) = (Tensor.deterministic([rows, depth]), Tensor.deterministic([depth, columns]))
            var product = Tensor(zeros: [rows, columns])
            run.time(
                "blas/product-\(rows)x\(depth)x\(columns)", group: "blas", detail: "one thread",
                operations: 2 * Double(rows * depth * columns)
            ) {
                product.withMutablePointer { c in
                    a.withPointer { a in
                        b.withPointer { b in
                            MatrixMultiply.multiply(
                                .init(a, stride: depth), by: .init(b, stride: columns), into: .init(c, stride: columns),
                                rows: rows, columns: columns, depth: depth)
                        }
                    }
                }
            }
        }
    }
}

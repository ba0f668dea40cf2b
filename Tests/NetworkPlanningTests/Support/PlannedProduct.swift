import NetworkPlanning
import TensorEngine
import TestSupport
import Testing

/// A case of ``MatrixProductTests`` planned for one path.
struct PlannedProduct {
    let problem: ProductProblem
    let kernel: any MatrixKernel
    let weights: Tensor
    /// The biases that belong to scaled weights of a paired kernel.
    let parameters: Tensor?
    let input: Tensor
    let residuals: [Float]

    /// - Throws: where the system will not let the path's kernels be executed.
    init(_ problem: ProductProblem, on path: KernelPath) throws {
        let (planned, taken) = path.plan { (problem.kernel(of: $0), $1) }
        try #require(taken == path)
        self.init(problem, planned)
    }

    init(_ problem: ProductProblem, _ backend: PortableBackend) { self.init(problem, problem.kernel(of: backend)) }

    private init(_ problem: ProductProblem, _ kernel: any MatrixKernel) {
        self.problem = problem
        self.kernel = kernel
        input = problem.input
        residuals = problem.residuals.scalars
        (weights, parameters) = Self.weights(of: kernel, problem)
    }

    /// The layer's own weights, or all of them scaled, in two runs of input channels.
    private static func weights(
        of kernel: any MatrixKernel, _ problem: ProductProblem
    ) -> (Tensor, parameters: Tensor?) {
        guard problem.scalesWeights else { return (kernel.weights, nil) }
        var scaled = Tensor(repeating: .nan, shape: kernel.weights.shape)
        var pairs = Tensor(repeating: .nan, shape: [2, problem.columns])
        scaled.withMutablePointer { target in
            pairs.withMutablePointer { pairs in
                problem.scales.withPointer { scales in
                    for part in kernel.scaledRows.indices {
                        kernel.scaleWeights(
                            part, by: scales, into: target, pairSums: pairs + part * problem.columns)
                    }
                }
            }
        }
        guard kernel.isPaired else { return (scaled, nil) }
        var parameters = Tensor(repeating: .nan, shape: [2 * problem.columns])
        parameters.withMutablePointer { target in
            pairs.withPointer { kernel.writeScaledParameters($0, count: 2, into: target) }
        }
        return (scaled, parameters)
    }

    /// The outputs, and NaN wherever nothing was written.
    func output(rows: Int) -> [Float] {
        let count = problem.isCutApart ? rows * problem.columns : rows * (problem.columns + 3)
        var residual = [Float](repeating: .nan, count: count)
        for row in 0..<rows {
            for column in 0..<problem.columns {
                let value = residuals[row * problem.columns + column]
                residual[problem.place(row: row, column: column, rows: rows)] = value
            }
        }
        var output = problem.residual == .inPlace ? residual : [Float](repeating: .nan, count: count)
        var scratch = [Float](repeating: .nan, count: max(kernel.scratchCount(rows: rows), 1))
        output.withUnsafeMutableBufferPointer { output in
            residual.withUnsafeBufferPointer { residual in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    guard let output = output.baseAddress, let residual = residual.baseAddress,
                        let scratch = scratch.baseAddress
                    else { return }
                    for (index, slice) in kernel.slices.enumerated() {
                        let place = problem.place(row: 0, column: slice.columns.lowerBound, rows: rows)
                        let added: UnsafePointer<Float>? =
                            switch problem.residual {
                            case .none: nil
                            case .separate: residual + place
                            case .inPlace: UnsafePointer(output + place)
                            }
                        run(index, rows, output + place, added, scratch)
                    }
                }
            }
        }
        return output
    }

    private func run(
        _ slice: Int, _ rows: Int, _ output: UnsafeMutablePointer<Float>, _ residual: UnsafePointer<Float>?,
        _ scratch: UnsafeMutablePointer<Float>
    ) {
        var sums = Tensor(repeating: .nan, shape: [rows])
        input.withPointer { input in
            sums.withMutablePointer { kernel.sumPairs(rows: rows, input: input, into: $0) }
            weights.withPointer { weights in
                sums.withPointer { sums in
                    let run = { (parameters: UnsafePointer<Float>?) in
                        var operands = MatrixOperands(
                            slice: slice, rows: rows, input: input, output: output,
                            segmentStride: problem.segmentStride, scratch: scratch)
                        operands.residual = residual
                        operands.pairSums = sums
                        operands.scaledWeights = problem.scalesWeights ? weights : nil
                        operands.scaledParameters = parameters
                        kernel.run(operands)
                    }
                    if let parameters { parameters.withPointer(run) } else { run(nil) }
                }
            }
        }
    }
}

extension ProductProblem {
    /// What `backend` makes of the problem.
    fileprivate func kernel(of backend: any KernelBackend) -> any MatrixKernel {
        var first = 0
        let slices = self.slices.map { width in
            defer { first += width }
            return MatrixSlice(first..<(first + width), outputStride: isCutApart ? width : columns + 3)
        }
        var product = MatrixProduct(
            form, weight: keepsHalves ? HalfMatrix(weight) : weight, bias: bias, slope: slope, slices: slices,
            rows: takesAnyRows ? .any : .exactly(Set(1...Self.rows)))
        product.scaledRows = scalesWeights ? [0..<2, 2..<depth] : []
        return backend.kernel(for: product)
    }
}

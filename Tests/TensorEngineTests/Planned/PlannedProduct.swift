import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// A case of ``MatrixProductTests`` planned for one path.
struct PlannedProduct {
    let problem: ProductProblem
    let product: MatrixProduct
    let kernels: MadeKernels?
    let weights: Tensor
    /// The biases that belong to scaled weights of a paired product.
    let parameters: Tensor?
    let input: Tensor
    let residuals: [Float]

    /// - Parameter packsOperands: which of the portable path's two orders is taken.
    init(
        _ problem: ProductProblem, on path: KernelPath, packsOperands: Bool = MatrixMultiply.packsOperands
    ) throws {
        var batch = path.batch
        var first = 0
        let slices = problem.slices.map { width in
            defer { first += width }
            return (columns: first..<(first + width), outputStride: problem.isCutApart ? width : problem.columns + 3)
        }
        product = MatrixProduct(
            problem.form, weight: problem.keepsHalves ? HalfMatrix(problem.weight) : problem.weight, bias: problem.bias,
            slope: problem.slope, slices: slices,
            rowCounts: Set(1...min(ProductProblem.rows, problem.largestTile)), largestTile: problem.largestTile,
            scaledRows: problem.scalesWeights ? [0..<2, 2..<problem.depth] : [], packsOperands: packsOperands,
            batch: &batch)
        kernels = try batch.map { try #require($0.seal()) }
        self.problem = problem
        input = problem.input
        residuals = problem.residuals.scalars
        (weights, parameters) = Self.weights(of: product, problem, kernels)
    }

    /// The layer's own weights, or all of them scaled, in two runs of input channels.
    private static func weights(of product: MatrixProduct, _ problem: ProductProblem, _ kernels: MadeKernels?)
        -> (Tensor, parameters: Tensor?)
    {
        guard problem.scalesWeights else { return (product.weights, nil) }
        var scaled = Tensor(repeating: .nan, shape: product.weights.shape)
        var pairs = Tensor(repeating: .nan, shape: [2, problem.columns])
        scaled.withMutablePointer { target in
            pairs.withMutablePointer { pairs in
                problem.scales.withPointer { scales in
                    for part in product.scaledRows.indices {
                        product.scaleWeights(
                            kernels, part: part, by: scales, into: target, pairs: pairs + part * problem.columns)
                    }
                }
            }
        }
        guard product.isPaired else { return (scaled, nil) }
        var parameters = Tensor(repeating: .nan, shape: [2 * problem.columns])
        parameters.withMutablePointer { target in
            pairs.withPointer { product.gatedParameters($0, count: 2, into: target) }
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
        var scratch = [Float](repeating: .nan, count: max(product.scratchCount(rows: rows), 1))
        output.withUnsafeMutableBufferPointer { output in
            residual.withUnsafeBufferPointer { residual in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    guard let output = output.baseAddress, let residual = residual.baseAddress,
                        let scratch = scratch.baseAddress
                    else { return }
                    for (index, slice) in product.slices.enumerated() {
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
            sums.withMutablePointer { product.sumPairs(kernels, rows: rows, input: input, into: $0) }
            weights.withPointer { weights in
                sums.withPointer { sums in
                    let run = { (parameters: UnsafePointer<Float>?) in
                        product.run(
                            kernels, slice: slice, rows: rows, input: input, output: output, residual: residual,
                            segmentStride: problem.segmentStride, pairSums: sums,
                            weights: problem.scalesWeights ? weights : nil, parameters: parameters, scratch: scratch)
                    }
                    if let parameters { parameters.withPointer(run) } else { run(nil) }
                }
            }
        }
    }
}

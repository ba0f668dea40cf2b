@testable import X86Kernels
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing

/// Planned matrix products of 1…30 rows on every path, against the definition in Double.
@Suite struct MatrixProductTests {
    static let problems: [ProductProblem] = {
        var problems: [ProductProblem] = []
        for columns in [8, 24, 40, 56] {
            for activation in [Activation.identity, .reLU, .siLU, .sigmoid, .pReLU] {
                problems.append(ProductProblem(slices: [columns], activation: activation))
            }
        }
        let several = [[8, 16], [24, 8, 24], [40, 16], [48, 56, 8]]
        for (index, slices) in several.enumerated() {
            problems.append(ProductProblem(slices: slices, segmentLength: 6, activation: .siLU))
            problems.append(ProductProblem(slices: slices, segmentLength: 1, isCutApart: true))
            problems.append(ProductProblem(slices: slices, residual: index % 2 == 0 ? .separate : .inPlace))
            problems.append(
                ProductProblem(
                    slices: slices, activation: .pReLU, residual: index % 2 == 0 ? .inPlace : .separate))
            problems.append(ProductProblem(slices: slices, segmentLength: 7, segments: 3, activation: .pReLU))
        }
        problems.append(ProductProblem(slices: [24], residual: .inPlace, isCutApart: true))
        problems.append(ProductProblem(slices: [40], residual: .separate, isCutApart: true))
        problems.append(
            ProductProblem(slices: [56], segmentLength: 9, segments: 2, activation: .reLU, takesAnyRows: true))
        for slices in [[8], [56], [40, 24]] {
            problems.append(ProductProblem(slices: slices, segmentLength: 11, scalesWeights: true))
            problems.append(ProductProblem(slices: slices, residual: .inPlace, scalesWeights: true))
        }
        for (index, depth) in [16, 24, 32, 40, 56, 88].enumerated() {
            let residual: ProductProblem.Residual = index % 2 == 0 ? .inPlace : .separate
            problems.append(
                ProductProblem(slices: [56, 24], segmentLength: depth, activation: .siLU, providesPairSums: true))
            problems.append(
                ProductProblem(
                    slices: [40], segmentLength: depth, residual: residual, scalesWeights: true,
                    providesPairSums: true))
            problems.append(
                ProductProblem(
                    slices: [24, 40], segmentLength: depth, activation: .siLU, scalesWeights: true,
                    providesPairSums: true))
        }
        // Deep and wide enough for pairs with AVX2, an odd number of vectors included.
        for (slices, depth) in [([136], 48), ([72, 64], 56), ([112, 40], 88)] {
            problems.append(
                ProductProblem(slices: slices, segmentLength: depth, activation: .siLU, providesPairSums: true))
            problems.append(
                ProductProblem(
                    slices: slices, segmentLength: depth, residual: .inPlace, scalesWeights: true,
                    providesPairSums: true))
        }
        for (slices, depth, size) in [
            ([8], 24, Float(1)), ([56, 24], 31, 1), ([40, 8, 16], 7, 1e-4), ([24], 50, 1e-6),
        ] {
            problems.append(
                ProductProblem(
                    slices: slices, segmentLength: depth, activation: .siLU, keepsHalves: true, weightSize: size))
        }
        for (inputSize, weightSize) in [(Float(50), Float(0.01)), (0.02, 3), (300, 1e-6)] {
            for (columns, depth) in [(56, 40), (128, 48)] {
                problems.append(
                    ProductProblem(
                        slices: [columns], segmentLength: depth, activation: .siLU, providesPairSums: true,
                        inputSize: inputSize, weightSize: weightSize))
            }
        }
        return problems
    }()

    /// Shallow or narrow products are not worth the sums of their rows' pairs; without those the tests above show nothing.
    @Test func productsArePairedFromTheStatedSizesOn() throws {
        for case .compiled(let set) in KernelPath.usable {
            let pairing = set.pairing ?? PairedProducts.avx2
            let (depth, columns) = (pairing.leastDepth, pairing.leastColumns)
            var sizes = [(depth, columns, true), (depth - 8, columns, false)]
            if columns > 8 { sizes.append((depth, columns - 8, false)) }
            for (depth, columns, suffices) in sizes {
                let problem = ProductProblem(slices: [columns], segmentLength: depth, providesPairSums: true)
                let kernel = try PlannedProduct(problem, on: .compiled(set)).kernel
                #expect(kernel.isPaired == (suffices && set.pairing != nil), "\(set) \(problem)")
            }
        }
    }

    /// Half as much memory, where kernels are compiled.
    @Test func weightsStayHalvesOnlyWhereTheyAreAndKernelsExpandThem() throws {
        for path in KernelPath.usable {
            for keepsHalves in [false, true] {
                let problem = ProductProblem(slices: [24], segmentLength: 16, keepsHalves: keepsHalves)
                let count = try PlannedProduct(problem, on: path).kernel.weights.shape.count
                #expect(count == 24 * 16 / (keepsHalves && path != .portable ? 2 : 1), "\(path)")
            }
        }
    }

    @Test(arguments: problems) func agreesWithTheDefinition(_ problem: ProductProblem) throws {
        let (expected, bounds) = problem.answer()
        let planned =
            try KernelPath.usable.map { ("\($0)", try PlannedProduct(problem, on: $0)) }
            // The other order in which the portable path may add up.
            + [("other", PlannedProduct(problem, PortableBackend(packsOperands: !MatrixMultiply.packsOperands)))]
        for (path, planned) in planned {
            var worst = 0.0
            for rows in 1...ProductProblem.rows {
                let output = planned.output(rows: rows)
                var written = 0
                for row in 0..<rows {
                    for column in 0..<problem.columns {
                        let index = row * problem.columns + column
                        let observed = output[problem.place(row: row, column: column, rows: rows)]
                        let ratio = abs(Double(observed) - expected[index]) / bounds[index]
                        worst = ratio.isNaN ? .infinity : max(worst, ratio)
                        written += 1
                    }
                }
                let changed = output.count { !$0.isNaN }
                #expect(changed == written, "\(path) wrote beside its \(rows) rows")
            }
            #expect(worst <= 1, "\(path): \(worst) of the tolerance")
        }
    }
}

@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A seeded matrix product of 30 rows with its answer in Double.
struct ProductProblem: Sendable, CustomTestStringConvertible {
    enum Residual: Sendable { case none, separate, inPlace }

    /// Output channels of each slice.
    var slices: [Int]
    var segmentLength = 13
    var segments = 1
    var activation = Activation.identity
    var residual = Residual.none
    /// Whether each slice's outputs lie by themselves; else beside the others, with three floats between rows.
    var isCutApart = false
    var scalesWeights = false
    /// Whether the kernel takes any number of rows.
    var takesAnyRows = false
    var providesPairSums = false
    /// Whether weights are numbers of half precision, and may stay so in memory.
    var keepsHalves = false
    /// The largest activation and the largest weight.
    var inputSize: Float = 1
    var weightSize: Float = 1

    static let rows = 30

    var testDescription: String {
        "\(slices) depth \(segments)·\(segmentLength) \(activation) residual \(residual)"
            + (isCutApart ? " apart" : "") + (keepsHalves ? " halves" : "") + (scalesWeights ? " scaled" : "")
            + (providesPairSums ? " paired" : "")
    }

    var columns: Int { slices.reduce(0, +) }
    var depth: Int { segments * segmentLength }
    var segmentStride: Int { segmentLength + 5 }

    /// Runs of a convolution's rows overlap; rows of a plain product have a gap.
    var form: MatrixForm {
        var form = MatrixForm(
            segmentLength: segmentLength, inputStride: segments > 1 ? 3 : segmentLength + 3)
        form.segments = segments
        form.activation = activation
        form.addsResidual = residual != .none
        form.providesPairSums = providesPairSums
        form.keepsStoredType = keepsHalves
        return form
    }

    var input: Tensor {
        let count = (Self.rows - 1) * form.inputStride + segments * segmentStride
        return .random([count], in: -inputSize...inputSize, seed: 31)
    }
    var weight: Tensor {
        let weight = Tensor.random([depth, columns], in: -weightSize...weightSize, seed: 32)
        guard keepsHalves else { return weight }
        // Eleven bits each, subnormal halves among them: units of 2⁻²⁴ where weights are that small.
        return Tensor(
            weight.scalars.map { value in
                let unit = max(value.magnitude.ulp * 8192, Float.powerOfTwo(-24))
                return (value / unit).rounded() * unit
            }, shape: weight.shape)
    }
    var bias: Tensor { .random([columns], seed: 33) }
    var slope: Tensor { .random([columns], seed: 34) }
    var scales: Tensor { .random([depth], in: 0...2, seed: 35) }
    var residuals: Tensor { .random([Self.rows, columns], seed: 36) }

    /// Where an output lies when `rows` of them are computed.
    func place(row: Int, column: Int, rows: Int) -> Int {
        guard isCutApart else { return row * (columns + 3) + column }
        var first = 0
        for width in slices {
            if column < first + width { return rows * first + row * width + column - first }
            first += width
        }
        return -1
    }

    /// Each output, and how far single precision may be from it: 4 · √K · 2⁻²⁴ · Σ|a·b| for the sum, stretched by the
    /// steepest activation's slope of 1.1, and a relative 1e-5 for the activation itself.
    func answer() -> (expected: [Double], bounds: [Double]) {
        let (input, weight, scales) = (input.scalars, weight.scalars, scales.scalars)
        let (bias, slope, residuals) = (bias.scalars, slope.scalars, residuals.scalars)
        var expected: [Double] = []
        var bounds: [Double] = []
        for row in 0..<Self.rows {
            for column in 0..<columns {
                var sum = Double(bias[column])
                var magnitude = abs(sum)
                var factors: [(activation: Double, weight: Double)] = []
                for step in 0..<depth {
                    let (segment, place) = step.quotientAndRemainder(dividingBy: segmentLength)
                    let value = weight[step * columns + column] * (scalesWeights ? scales[step] : 1)
                    factors.append(
                        (Double(input[row * form.inputStride + segment * segmentStride + place]), Double(value)))
                }
                for factor in factors {
                    sum += factor.activation * factor.weight
                    magnitude += abs(factor.activation * factor.weight)
                }
                if providesPairSums { magnitude += magnitudeOfPairs(factors) }
                let added = residual == .none ? 0 : Double(residuals[row * columns + column])
                let activated = activation.reference(sum + added, slope: Double(slope[column]))
                expected.append(activated)
                bounds.append(
                    1.1 * Tolerance.ofSum(count: depth + 2, magnitude: magnitude + abs(added)) + 1e-5 * abs(activated))
            }
        }
        return (expected, bounds)
    }

    /// What is added up and taken off again where products are paired; before SiLU, with weights as large as activations of
    /// root mean square 6, but for what a power of two leaves, and 4096 times as large at most.
    private func magnitudeOfPairs(_ factors: [(activation: Double, weight: Double)]) -> Double {
        let exponent = min(max(log2(6 * 3.0.squareRoot() / Double(weightSize)).rounded(.down), 0), 12)
        let scale = activation == .siLU ? exp2(exponent) : 1
        return stride(from: 0, to: factors.count - 1, by: 2).reduce(0) { magnitude, step in
            let (first, second) = (factors[step], factors[step + 1])
            let (left, right) = (first.weight * scale, second.weight * scale)
            let product = (first.activation + right) * (second.activation + left)
            let sums = abs(product) + abs(first.activation * second.activation) + abs(left * right)
            return magnitude + sums / scale
        }
    }
}

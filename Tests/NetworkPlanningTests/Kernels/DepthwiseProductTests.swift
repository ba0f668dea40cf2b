import NetworkPlanning
import TensorEngine
import TestSupport
import Testing

/// Planned depthwise convolutions on every path, in strips of three and of six rows, against the definition in Double.
@Suite struct DepthwiseProductTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kernel: Int
        let stride: Int
        let size: Size
        let slices: [Int]
        var activation = Activation.siLU
        var padding: Padding?
        /// Whether each slice's input lies by itself, as an expansion leaves it.
        var isCutApart = false

        var channels: Int { slices.reduce(0, +) }
        var geometry: ConvolutionGeometry {
            ConvolutionGeometry(
                input: size, kernel: Size(side: kernel), stride: stride, padding: padding ?? .symmetric(kernel / 2))
        }
        var testDescription: String { "kernel \(kernel) stride \(stride) \(size) \(slices) \(activation)" }
    }

    static let cases: [Case] = {
        var cases: [Case] = []
        for (kernel, stride) in [(3, 1), (3, 2), (5, 1), (5, 2)] {
            let size = Size(height: 11, width: 13)
            cases.append(Case(kernel: kernel, stride: stride, size: size, slices: [8]))
            cases.append(Case(kernel: kernel, stride: stride, size: size, slices: [24, 8, 16], isCutApart: true))
            cases.append(
                Case(
                    kernel: kernel, stride: stride, size: Size(height: 6, width: 18), slices: [40, 56],
                    activation: .identity, padding: .same))
            // Rows so long that a slice's channels are computed in several runs.
            cases.append(
                Case(
                    kernel: kernel, stride: stride, size: Size(height: 5, width: 40), slices: [88, 120],
                    isCutApart: kernel == 3))
            for (height, width) in [(1, 1), (2, 5), (7, 2)] {
                cases.append(
                    Case(
                        kernel: kernel, stride: stride, size: Size(height: height, width: width), slices: [16, 24],
                        activation: height == 2 ? .reLU : .sigmoid))
            }
        }
        return cases
    }()

    @Test(arguments: cases) func agreesWithTheDefinition(_ test: Case) throws {
        let (channels, kernel) = (test.channels, test.kernel)
        let input = Tensor.random([1, test.size.height, test.size.width, channels], seed: 41)
        let weight = Tensor.random([kernel * kernel, channels], seed: 42)
        let bias = Tensor.random([channels], seed: 43)
        let pixels = test.geometry.output.area
        let (sums, bounds) = answer(test, input.scalars, weight.scalars, bias.scalars)
        for path in KernelPath.usable {
            let planned = try PlannedDepthwise(test, weight: weight, bias: bias, on: path)
            for strip in [3, 6] {
                let (output, totals) = planned.run(input.scalars, strip: strip)
                var worst = 0.0
                for channel in 0..<channels {
                    var (total, bound) = (1.0, 0.0)
                    for pixel in 0..<pixels {
                        let index = pixel * channels + channel
                        let expected = test.activation.reference(sums[index])
                        let allowed = 1.1 * bounds[index] + 1e-5 * abs(expected)
                        let ratio = abs(Double(output[index]) - expected) / allowed
                        worst = ratio.isNaN ? .infinity : max(worst, ratio)
                        total += expected
                        bound += allowed + Tolerance.ofSum(count: pixels, magnitude: abs(expected) + 1)
                    }
                    let ratio = abs(Double(totals[channel]) - total) / bound
                    worst = ratio.isNaN ? .infinity : max(worst, ratio)
                }
                #expect(worst <= 1, "\(path), strips of \(strip): \(worst) of the tolerance")
            }
        }
    }

    /// Each output before the activation, and 4 · √K · 2⁻²⁴ · Σ|a·b|.
    private func answer(
        _ test: Case, _ input: [Float], _ weight: [Float], _ bias: [Float]
    ) -> (sums: [Double], bounds: [Double]) {
        let (geometry, channels) = (test.geometry, test.channels)
        var sums: [Double] = []
        var bounds: [Double] = []
        for place in 0..<(geometry.output.area * channels) {
            let (pixel, channel) = place.quotientAndRemainder(dividingBy: channels)
            let (row, column) = pixel.quotientAndRemainder(dividingBy: geometry.output.width)
            var sum = Double(bias[channel])
            var magnitude = abs(sum)
            for tap in 0..<(test.kernel * test.kernel) {
                let y = row * test.stride - geometry.rows.before + tap / test.kernel
                let x = column * test.stride - geometry.columns.before + tap % test.kernel
                guard (0..<test.size.height).contains(y), (0..<test.size.width).contains(x) else { continue }
                let value = input[(y * test.size.width + x) * channels + channel]
                let product = Double(value) * Double(weight[tap * channels + channel])
                sum += product
                magnitude += abs(product)
            }
            sums.append(sum)
            bounds.append(Tolerance.ofSum(count: test.kernel * test.kernel + 1, magnitude: magnitude))
        }
        return (sums, bounds)
    }
}

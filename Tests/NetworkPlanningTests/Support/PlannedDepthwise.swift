import NetworkPlanning
import TensorEngine
import TestSupport
import Testing

/// A case of ``DepthwiseProductTests`` planned for one path.
struct PlannedDepthwise {
    private let test: DepthwiseProductTests.Case
    private let kernel: any DepthwiseKernel

    /// - Throws: where the system will not let the path's kernels be executed.
    init(_ test: DepthwiseProductTests.Case, weight: Tensor, bias: Tensor, on path: KernelPath) throws {
        self.test = test
        var first = 0
        let slices = test.slices.map { width in
            defer { first += width }
            let stride = test.isCutApart ? width : test.channels
            return DepthwiseSlice(first..<(first + width), inputStride: stride, outputStride: stride)
        }
        let product = DepthwiseProduct(
            test.geometry, weight: weight, bias: bias, activation: test.activation, slices: slices)
        let (planned, taken) = path.plan { ($0.kernel(for: product), $1) }
        try #require(taken == path)
        kernel = planned
    }

    /// All outputs, NaN where none was written, and each channel's sum of them on top of 1.
    ///
    /// - Parameter strip: output rows of one call, at most.
    func run(_ input: [Float], strip: Int) -> (output: [Float], sums: [Float]) {
        let pixels = test.geometry.output.area
        var output = [Float](repeating: .nan, count: pixels * test.channels)
        var sums = [Float](repeating: 1, count: test.channels)
        output.withUnsafeMutableBufferPointer { output in
            sums.withUnsafeMutableBufferPointer { sums in
                guard let output = output.baseAddress, let sums = sums.baseAddress else { return }
                for (index, slice) in kernel.slices.map(\.channels).enumerated() {
                    let pitch = test.isCutApart ? slice.count : test.channels
                    let first = test.isCutApart ? 0 : slice.lowerBound
                    let source = test.isCutApart ? Self.cut(slice, of: input, channels: test.channels) : input
                    // A slice that is cut apart leaves its outputs behind those of the slices before.
                    let place = test.isCutApart ? slice.lowerBound * pixels : slice.lowerBound
                    run(
                        index, on: source, pitch: pitch, first: first, output + place, sums + slice.lowerBound,
                        strip: strip)
                }
            }
        }
        return (test.isCutApart ? joined(output) : output, sums)
    }

    /// All channels of each pixel side by side.
    private func joined(_ parts: [Float]) -> [Float] {
        let pixels = test.geometry.output.area
        return (0..<pixels).flatMap { pixel in
            kernel.slices.map(\.channels).flatMap { slice in
                let first = slice.lowerBound * pixels + pixel * slice.count
                return parts[first..<(first + slice.count)]
            }
        }
    }

    private static func cut(_ slice: Range<Int>, of input: [Float], channels: Int) -> [Float] {
        stride(from: 0, to: input.count, by: channels).flatMap { pixel in slice.map { input[pixel + $0] } }
    }

    private func run(
        _ index: Int, on source: [Float], pitch: Int, first: Int, _ output: UnsafeMutablePointer<Float>,
        _ sums: UnsafeMutablePointer<Float>, strip: Int
    ) {
        let outputPitch = test.geometry.output.width * (test.isCutApart ? pitch : test.channels)
        let (rows, width) = (test.geometry.rows, test.size.width)
        let zeros = [Float](repeating: 0, count: width * pitch)
        source.withUnsafeBufferPointer { source in
            zeros.withUnsafeBufferPointer { zeros in
                guard let source = source.baseAddress, let zeros = zeros.baseAddress else { return }
                for row in Swift.stride(from: 0, to: rows.output, by: strip) {
                    let count = min(strip, rows.output - row)
                    let table = (0..<((count - 1) * rows.stride + rows.kernel)).map { step in
                        let y = row * rows.stride - rows.before + step
                        return (0..<rows.input).contains(y) ? source + y * width * pitch + first : zeros
                    }
                    kernel.run(
                        DepthwiseOperands(
                            slice: index, outputRows: row..<(row + count), rows: table,
                            output: output + row * outputPitch, sums: sums))
                }
            }
        }
    }
}

/// A depthwise convolution on ``PortableDepthwiseRow``.
final class PortableDepthwiseKernel: DepthwiseKernel {
    let geometry: ConvolutionGeometry
    let slices: [DepthwiseSlice]
    private let weight: Tensor
    private let bias: Tensor
    private let rows: [PortableDepthwiseRow]

    init(_ convolution: DepthwiseProduct) {
        geometry = convolution.geometry
        slices = convolution.slices
        weight = convolution.weight
        bias = convolution.bias
        rows = convolution.slices.map { slice in
            PortableDepthwiseRow(
                columns: convolution.geometry.columns, channels: slice.channels.count, inputStride: slice.inputStride,
                outputStride: slice.outputStride, weightStride: convolution.bias.shape.count,
                activation: convolution.activation)
        }
    }

    func run(_ operands: DepthwiseOperands) {
        let (row, slice, taps) = (rows[operands.slice], slices[operands.slice], geometry.rows)
        let pitch = geometry.output.width * slice.outputStride
        weight.withPointer { weights in
            bias.withPointer { biases in
                let (weights, biases) = (weights + slice.channels.lowerBound, biases + slice.channels.lowerBound)
                var y = 0
                while y < operands.outputRows.count {
                    let first = operands.outputRows.lowerBound + y
                    let (rows, target) = (operands.rows + y * taps.stride, operands.output + y * pitch)
                    if row.gainsFromFourRows && y + 4 <= operands.outputRows.count {
                        row.computeFourRows(
                            rows, tapRows: { taps.taps(ofOutput: first + $0) }, weights: weights, bias: biases,
                            into: target, pitch: pitch, addingTo: operands.sums)
                        y += 4
                    } else {
                        row.compute(
                            rows, tapRows: taps.taps(ofOutput: first), weights: weights, bias: biases, into: target,
                            addingTo: operands.sums)
                        y += 1
                    }
                }
            }
        }
    }
}

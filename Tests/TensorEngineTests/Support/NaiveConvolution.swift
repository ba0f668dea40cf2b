import TensorEngine
import TestSupport

/// Convolution by the definition, in Double, and the size of what is added up, which bounds the rounding error.
struct NaiveConvolution {
    /// `[N, H′, W′, O]`.
    let output: Tensor
    /// 4 · √K · 2⁻²⁴ · Σ|a·b| for each output, K the number of products (Docs/Numerics.md).
    let tolerance: Tensor

    init(
        _ input: Tensor, weight: Tensor, bias: Tensor, stride: Int, padding: Padding, groups: Int
    ) {
        let kernel = Size(height: weight.shape[2], width: weight.shape[3])
        let geometry = ConvolutionGeometry(input: input.size, kernel: kernel, stride: stride, padding: padding)
        let (outputs, inputs) = (weight.shape[0], weight.shape[1])
        let shape: Shape = [input.batch, geometry.output.height, geometry.output.width, outputs]
        var values: [Float] = []
        var bounds: [Float] = []
        for picture in 0..<input.batch {
            for row in 0..<shape[1] {
                for column in 0..<shape[2] {
                    for channel in 0..<outputs {
                        var sum = Double(bias[channel])
                        var magnitude = abs(sum)
                        for tapRow in 0..<kernel.height {
                            for tapColumn in 0..<kernel.width {
                                let y = row * stride + tapRow - geometry.rows.before
                                let x = column * stride + tapColumn - geometry.columns.before
                                guard y >= 0, y < input.size.height, x >= 0, x < input.size.width else { continue }
                                for offset in 0..<inputs {
                                    let source = channel / (outputs / groups) * inputs + offset
                                    let product =
                                        Double(input[picture, y, x, source])
                                        * Double(weight[channel, offset, tapRow, tapColumn])
                                    sum += product
                                    magnitude += abs(product)
                                }
                            }
                        }
                        values.append(Float(sum))
                        bounds.append(Float(Tolerance.ofSum(count: inputs * kernel.area + 1, magnitude: magnitude)))
                    }
                }
            }
        }
        output = Tensor(values, shape: shape)
        tolerance = Tensor(bounds, shape: shape)
    }
}

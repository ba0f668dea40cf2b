import NetworkPlanning
import TensorEngine

extension PlannedKernelSuite {
    /// A convolution of the detector with the PReLU behind it, row by row, channels padded to whole vectors.
    static func measureFused(_ shape: DetectorSuite.ConvolutionShape, in run: inout BenchmarkRun) {
        let inputs = shape.inputs == 3 ? 3 : shape.inputs.roundedUpToVector
        let outputs = shape.outputs.roundedUpToVector
        var form = MatrixForm(segmentLength: shape.kernel * inputs, inputStride: inputs)
        form.segments = shape.kernel
        form.activation = .pReLU
        // As the detector is fused.
        let product = MatrixProduct(
            form, weight: Tensor.deterministic([form.depth, outputs]), bias: Tensor(zeros: [outputs]),
            slope: Tensor(repeating: 0.25, shape: [outputs]),
            slices: [MatrixSlice(0..<outputs, outputStride: outputs)], rows: .any)
        let kernel = KernelPath.best.plan { backend, _ in backend.kernel(for: product) }
        let (height, width) = (shape.height - shape.kernel + 1, shape.width - shape.kernel + 1)
        let pitch = shape.width * inputs
        let input = Tensor.deterministic([shape.batch, shape.height, shape.width, inputs])
        var output = Tensor(zeros: [shape.batch, height, width, outputs])
        var scratch = Tensor(zeros: [max(kernel.scratchCount(rows: width), 1)])
        run.time(
            "planned/\(shape.network)-convolution-\(shape.kernel)-\(shape.batch)x\(shape.height)x\(shape.width)-"
                + "\(shape.inputs)-\(shape.outputs)",
            group: "planned kernels", detail: "with PReLU, \(inputs) and \(outputs) channels with padding",
            operations: 2
                * Double(shape.batch * height * width * shape.kernel * shape.kernel * shape.inputs * shape.outputs)
        ) {
            output.withMutablePointer { output in
                scratch.withMutablePointer { scratch in
                    input.withPointer { input in
                        for row in 0..<(shape.batch * height) {
                            let source = row / height * shape.height + row % height
                            kernel.run(
                                MatrixOperands(
                                    rows: width, input: input + source * pitch,
                                    output: output + row * width * outputs, segmentStride: pitch, scratch: scratch))
                        }
                    }
                }
            }
        }
    }
}

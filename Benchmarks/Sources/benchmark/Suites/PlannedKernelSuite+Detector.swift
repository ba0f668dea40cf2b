import X86Kernels
import NeuralLayers
import TensorEngine

extension PlannedKernelSuite {
    /// A convolution of the detector with the PReLU behind it, row by row, channels padded to whole vectors.
    static func measureFused(_ shape: DetectorSuite.ConvolutionShape, in run: inout BenchmarkRun) {
        // As the detector is fused: tiles of all heights.
        let largestTile = LayerFusion.largestTile
        let inputs = shape.inputs == 3 ? 3 : shape.inputs.roundedUpToVector
        let outputs = shape.outputs.roundedUpToVector
        var form = MatrixProduct.Form(segmentLength: shape.kernel * inputs, inputStride: inputs)
        form.segments = shape.kernel
        form.activation = .pReLU
        var batch = newBatch()
        let product = MatrixProduct(
            form, weight: Tensor.deterministic([form.depth, outputs]), bias: Tensor(zeros: [outputs]),
            slope: Tensor(repeating: 0.25, shape: [outputs]), slices: [(0..<outputs, outputs)],
            rowCounts: Set(1...largestTile), largestTile: largestTile, batch: &batch)
        let kernels = batch?.seal()
        let (height, width) = (shape.height - shape.kernel + 1, shape.width - shape.kernel + 1)
        let pitch = shape.width * inputs
        let input = Tensor.deterministic([shape.batch, shape.height, shape.width, inputs])
        var output = Tensor(zeros: [shape.batch, height, width, outputs])
        var scratch = Tensor(zeros: [max(product.scratchCount(rows: width), 1)])
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
                            product.run(
                                kernels, slice: 0, rows: width, input: input + source * pitch,
                                output: output + row * width * outputs, segmentStride: pitch, scratch: scratch)
                        }
                    }
                }
            }
        }
    }
}

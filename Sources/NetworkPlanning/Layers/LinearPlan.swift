package import NeuralLayers
package import TensorEngine

/// A linear layer on one row of features.
struct LinearPlan: LayerPlan {
    private let kernel: any MatrixKernel
    let output: MapShape

    /// Nil where the input is no row, or not made of vectors.
    init?(_ layer: Linear, at place: PlanningPlace) {
        let columns = layer.outputFeatures.roundedUpToVector
        guard place.hasVectors, place.input.buffer != nil, place.input.shape.isRow,
            place.input.shape.channels == layer.inputFeatures
        else {
            return nil
        }
        let isShared = place.input.stride * columns >= WorkDivision.sharedWeights
        kernel = place.backend.kernel(
            forRow: layer, depth: place.input.stride,
            slices: WorkDivision.ranges(of: columns, isShared ? min(place.threads, columns / 8) : 1))
        output = MapShape(features: layer.outputFeatures)
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        builder.add(
            RowStep(
                kernel, input: connection.input.buffer ?? scratch.maps.0,
                output: connection.output.buffer ?? scratch.maps.1), StepLabel(connection.layer, "linear"))
    }
}

extension KernelBackend {
    /// A linear layer for one row of features, padded with zeros to whole vectors.
    ///
    /// - Parameters:
    ///   - depth: features that the row has in memory.
    ///   - slices: of the output features, padded.
    package func kernel(forRow layer: Linear, depth: Int, slices: [Range<Int>]) -> any MatrixKernel {
        let columns = layer.outputFeatures.roundedUpToVector
        var form = MatrixForm(segmentLength: depth, inputStride: depth)
        form.activation = layer.activation
        form.keepsStoredType = true
        return kernel(
            for: MatrixProduct(
                form, weight: layer.matrix.padded(rows: depth, columns: columns),
                bias: layer.bias.padded(rows: 1, columns: columns).reshaped(to: [columns]),
                slope: layer.slope.map { $0.padded(rows: 1, columns: columns).reshaped(to: [columns]) },
                slices: slices.map { MatrixSlice($0, outputStride: columns) }, rows: .exactly([1])))
    }
}

/// A layer on one row of features; a task is a slice of its outputs.
package struct RowStep: PlanStep {
    package let kernel: any MatrixKernel
    private let slices: [MatrixSlice]
    private let input: PassLayout.Buffer
    private let output: PassLayout.Buffer

    package init(_ kernel: any MatrixKernel, input: PassLayout.Buffer, output: PassLayout.Buffer) {
        self.kernel = kernel
        slices = kernel.slices
        self.input = input
        self.output = output
    }

    package var taskCount: Int { slices.count }

    package func run(_ task: Int, in memory: PassMemory) {
        kernel.run(
            MatrixOperands(
                slice: task, rows: 1, input: memory.address(input),
                output: memory.address(output) + slices[task].columns.lowerBound))
    }
}

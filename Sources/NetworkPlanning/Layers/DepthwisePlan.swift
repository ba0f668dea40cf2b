internal import NeuralLayers
internal import TensorEngine

/// A depthwise convolution by itself.
struct DepthwisePlan: LayerPlan {
    private let kernel: any DepthwiseKernel
    private let strips: [Range<Int>]
    let output: MapShape

    /// Nil where no kernel has the layer's windows.
    init?(_ layer: DepthwiseConv2D, at place: PlanningPlace) {
        let (shape, channels) = (place.input.shape, place.input.stride)
        guard place.hasVectors, !shape.isRow, shape.channels == layer.channels, layer.hasKernels else { return nil }
        let geometry = layer.geometry(for: shape.size)
        kernel = place.backend.kernel(
            for: DepthwiseProduct(
                geometry, weight: layer.weight.padded(rows: layer.window.kernel.area, columns: channels),
                bias: layer.bias.padded(rows: 1, columns: channels).reshaped(to: [channels]),
                activation: layer.activation,
                slices: [DepthwiseSlice(0..<channels, inputStride: channels, outputStride: channels)]))
        strips = WorkDivision.runs(of: geometry.output.height, min(place.threads, geometry.output.height))
        output = MapShape(geometry.output, channels: layer.channels)
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        let rows = kernel.geometry.rows
        let table = strips.map { ($0.count - 1) * rows.stride + rows.kernel }.max() ?? 0
        builder.layout.grow(scratch.rowTable, to: 2 * table)
        builder.layout.grow(scratch.zeros, to: connection.input.rowStride)
        builder.add(
            DepthwiseStep(
                kernel: kernel, strips: strips, input: connection.input,
                output: connection.output.buffer ?? scratch.maps.0, zeros: scratch.zeros, rowTable: scratch.rowTable,
                sums: builder.layout.reserveForEachThread(connection.input.stride)),
            StepLabel(connection.layer, "depthwise"))
    }
}

extension DepthwiseConv2D {
    /// Whether there are kernels for its windows.
    var hasKernels: Bool {
        window.kernel.height == window.kernel.width && window.kernel.height <= DepthwiseRows.largest
    }
}

private struct DepthwiseStep: PlanStep {
    let kernel: any DepthwiseKernel
    let strips: [Range<Int>]
    let input: FeatureMap
    let output: PassLayout.Buffer
    let zeros: PassLayout.Buffer
    let rowTable: PassLayout.Buffer
    /// What the kernel adds its outputs to; nobody reads it.
    let sums: PassLayout.Buffer

    var taskCount: Int { strips.count }

    func run(_ task: Int, in memory: PassMemory) {
        let strip = strips[task]
        let table = memory.rowTable(rowTable)
        table.list(
            kernel.geometry.rows, under: strip, from: input.address(in: memory), rowStride: input.rowStride,
            zeros: memory.address(zeros))
        let outputRow = kernel.geometry.output.width * kernel.slices[0].outputStride
        kernel.run(
            DepthwiseOperands(
                outputRows: strip, rows: table, output: memory.address(output) + strip.lowerBound * outputRow,
                sums: memory.address(sums)))
    }
}

extension UnsafeMutablePointer<UnsafePointer<Float>> {
    /// Lists where the input rows under some output rows lie; those beyond the border are rows of zeros.
    ///
    /// - Parameters:
    ///   - source: the first pixel of row `firstRow`.
    ///   - rowStride: floats from one row to the next.
    func list(
        _ axis: AxisGeometry, under outputs: Range<Int>, from source: UnsafePointer<Float>, firstRow: Int = 0,
        rowStride: Int, zeros: UnsafeMutablePointer<Float>
    ) {
        let first = outputs.lowerBound * axis.stride - axis.before
        for index in 0..<((outputs.count - 1) * axis.stride + axis.kernel) {
            let row = first + index
            self[index] =
                (0..<axis.input).contains(row) ? source + (row - firstRow) * rowStride : UnsafePointer(zeros)
        }
    }
}

package import NeuralLayers
package import TensorEngine

/// A convolution of one group, and its activation.
struct ConvolutionPlan: LayerPlan {
    private let kernel: any MatrixKernel
    private let geometry: ConvolutionGeometry
    private let strips: [Range<Int>]
    let output: MapShape

    /// Nil where the layer has groups.
    init?(_ layer: Conv2D, at place: PlanningPlace) {
        let shape = place.input.shape
        guard layer.groups == 1, !shape.isRow, shape.channels == layer.inputChannels else { return nil }
        geometry = layer.geometry(for: shape.size)
        strips = WorkDivision.runs(of: geometry.output.height, min(place.threads, geometry.output.height))
        let outputs = layer.outputChannels.roundedUpToVector
        // Pixels of a pointwise layer are rows whatever line they are on.
        let rows = geometry.isPointwise ? Set(strips.map(\.count)) : [1]
        let width = geometry.output.width
        kernel = place.backend.kernel(
            for: layer.product(
                inputs: place.input.stride, slices: [MatrixSlice(0..<outputs, outputStride: outputs)],
                rows: .exactly(Set(rows.map { $0 * width }))))
        output = MapShape(geometry.output, channels: layer.outputChannels)
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        let input = BorderedMap(connection.input, for: geometry, to: &builder, connection.layer)
        let rows = geometry.isPointwise ? strips.map(\.count).max() ?? 1 : 1
        builder.layout.grow(scratch.gathered, to: kernel.scratchCount(rows: rows * geometry.output.width))
        builder.add(
            ConvolutionStep(
                kernel: kernel, geometry: geometry, strips: strips, input: input,
                output: connection.output.buffer ?? scratch.maps.0, gathered: scratch.gathered),
            StepLabel(connection.layer, "convolution"))
    }
}

extension Conv2D {
    /// The layer as a product of rows of windows, channels padded with zeros to whole vectors.
    ///
    /// - Parameters:
    ///   - inputs: floats from one input pixel to the next.
    ///   - slices: of the output channels, padded.
    package func product(inputs: Int, slices: [MatrixSlice], rows: MatrixProduct.RowCounts) -> MatrixProduct {
        let outputs = outputChannels.roundedUpToVector
        var form = MatrixForm(segmentLength: window.kernel.width * inputs, inputStride: window.stride * inputs)
        form.segments = window.kernel.height
        form.activation = activation
        let isWhole = inputs == inputChannels && outputs == outputChannels
        return MatrixProduct(
            form, weight: isWhole ? matrix : weight(inputs: inputs, outputs: outputs),
            bias: bias.padded(rows: 1, columns: outputs).reshaped(to: [outputs]),
            slope: slope.map { $0.padded(rows: 1, columns: outputs).reshaped(to: [outputs]) }, slices: slices,
            rows: rows)
    }
}

/// A map with the border of zeros that a convolution reads.
package struct BorderedMap: Sendable {
    package let buffer: PassLayout.Buffer
    /// Floats from one row to the next.
    package let pitch: Int
    /// Where the map's first pixel lies in the buffer.
    package let first: Int

    private init(buffer: PassLayout.Buffer, pitch: Int) { (self.buffer, self.pitch, first) = (buffer, pitch, 0) }

    /// Room for a map, which somebody writes inside the border.
    package init(_ geometry: ConvolutionGeometry, channels: Int, _ layout: inout PassLayout) {
        let (rows, columns) = (geometry.rows, geometry.columns)
        pitch = (columns.before + columns.input + columns.after) * channels
        first = rows.before * pitch + columns.before * channels
        buffer = layout.reserve((rows.before + rows.input + rows.after) * pitch)
    }

    /// The map itself where the convolution reads no border, else a copy, which is a step of its own.
    init(_ map: FeatureMap, for geometry: ConvolutionGeometry, to builder: inout PlanBuilder, _ layer: Int) {
        let (rows, columns) = (geometry.rows, geometry.columns)
        if let buffer = map.buffer, rows.before + rows.after + columns.before + columns.after == 0 {
            self.init(buffer: buffer, pitch: map.rowStride)
            return
        }
        self.init(geometry, channels: map.stride, &builder.layout)
        builder.add(BorderStep(map: map, target: self), StepLabel(layer, "border"))
    }
}

/// Copies a map inside its border of zeros; of the first layer, the picture.
///
/// The threads share even this: it wakes them before the first layer needs them.
private struct BorderStep: PlanStep {
    let map: FeatureMap
    let target: BorderedMap
    let taskCount = 8

    func run(_ task: Int, in memory: PassMemory) {
        let (source, target) = (map.address(in: memory), memory.address(target.buffer) + target.first)
        let height = map.shape.size.height
        for row in (task * height / taskCount)..<((task + 1) * height / taskCount) {
            (target + row * self.target.pitch).update(from: source + row * map.rowStride, count: map.rowStride)
        }
    }
}

/// Output rows of a convolution.
package struct ConvolutionStep: PlanStep {
    private let kernel: any MatrixKernel
    private let geometry: ConvolutionGeometry
    private let strips: [Range<Int>]
    private let input: BorderedMap
    private let output: PassLayout.Buffer
    private let gathered: PassLayout.Buffer

    /// - Parameters:
    ///   - kernel: of one slice, for as many rows as there are pixels in a row, or in a strip of a pointwise layer.
    ///   - gathered: for each thread, as many floats as the kernel needs for those.
    package init(
        kernel: any MatrixKernel, geometry: ConvolutionGeometry, strips: [Range<Int>], input: BorderedMap,
        output: PassLayout.Buffer, gathered: PassLayout.Buffer
    ) {
        self.kernel = kernel
        self.geometry = geometry
        self.strips = strips
        self.input = input
        self.output = output
        self.gathered = gathered
    }

    package var taskCount: Int { strips.count }

    package func run(_ task: Int, in memory: PassMemory) {
        let (strip, width) = (strips[task], geometry.output.width)
        let count = geometry.isPointwise ? strip.count : 1
        let outputRow = width * kernel.slices[0].outputStride
        for row in stride(from: strip.lowerBound, to: strip.upperBound, by: count) {
            kernel.run(
                MatrixOperands(
                    rows: count * width, input: memory.address(input.buffer) + row * geometry.stride * input.pitch,
                    output: memory.address(output) + row * outputRow, segmentStride: input.pitch,
                    scratch: memory.address(gathered)))
        }
    }
}

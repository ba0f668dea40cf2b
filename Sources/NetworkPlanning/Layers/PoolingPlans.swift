internal import NeuralLayers
internal import TensorEngine

/// The largest element of each window.
struct MaximumPlan: LayerPlan {
    private let pooling: Pooling
    let output: MapShape

    init?(_ layer: MaxPool, at place: PlanningPlace) {
        let shape = place.input.shape
        guard place.hasVectors, !shape.isRow else { return nil }
        pooling = layer.pooling
        output = MapShape(
            Size(
                height: pooling.outputExtent(shape.size.height), width: pooling.outputExtent(shape.size.width)),
            channels: shape.channels)
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        builder.add(
            MaximumStep(
                pooling: pooling, input: connection.input, output: connection.output,
                buffer: connection.output.buffer ?? scratch.maps.0), StepLabel(connection.layer, "maximum"))
    }
}

/// A task is a row of outputs.
private struct MaximumStep: PlanStep {
    let pooling: Pooling
    let input: FeatureMap
    let output: FeatureMap
    let buffer: PassLayout.Buffer

    var taskCount: Int { output.shape.size.height }

    func run(_ row: Int, in memory: PassMemory) {
        let (size, pixel) = (input.shape.size, input.stride)
        let rows = (row * pooling.stride)..<min(row * pooling.stride + pooling.kernel, size.height)
        let source = input.address(in: memory)
        for column in 0..<output.shape.size.width {
            let columns = (column * pooling.stride)..<min(column * pooling.stride + pooling.kernel, size.width)
            let target = memory.address(buffer) + row * output.rowStride + column * pixel
            for channel in stride(from: 0, to: pixel, by: 8) {
                let first = rows.lowerBound * input.rowStride + columns.lowerBound * pixel
                var largest = source.loadVector(first + channel)
                for y in rows {
                    for x in columns {
                        let other = source.loadVector(y * input.rowStride + x * pixel + channel)
                        largest = largest.replacing(with: other, where: other .> largest)
                    }
                }
                target.storeVector(largest, channel)
            }
        }
    }
}

/// The mean of each channel over all pixels.
struct MeanPlan: LayerPlan {
    let output: MapShape

    init?(at place: PlanningPlace) {
        guard place.hasVectors, !place.input.shape.isRow else { return nil }
        output = MapShape(features: place.input.shape.channels)
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        builder.add(
            MeanStep(map: connection.input, output: connection.output.buffer ?? scratch.maps.0),
            StepLabel(connection.layer, "mean"))
    }
}

private struct MeanStep: PlanStep {
    let map: FeatureMap
    let output: PassLayout.Buffer
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        memory.address(output).writeMeans(
            of: map.address(in: memory), pixels: map.shape.size.area, channels: map.stride)
    }
}

/// A pointwise convolution and the mean of each of its channels over all pixels, which is all that is kept of it.
struct PooledFeaturesPlan: LayerPlan {
    private let kernel: any MatrixKernel
    let output: MapShape

    /// Slices a thread: those that one on a busy core has not begun can be done by another.
    private static let slicesEach = 4

    /// Nil where the layer has windows, groups or odd channels.
    init?(_ layer: Conv2D, at place: PlanningPlace) {
        let (shape, features) = (place.input.shape, layer.outputChannels)
        guard place.hasVectors, !shape.isRow, layer.groups == 1, layer.geometry(for: shape.size).isPointwise,
            shape.channels == layer.inputChannels, features % 8 == 0
        else { return nil }
        let slices = WorkDivision.ranges(of: features, min(Self.slicesEach * place.threads, max(features / 16, 1)))
        var product = layer.product(
            inputs: place.input.stride, slices: slices.map { MatrixSlice($0, outputStride: $0.count) },
            rows: .exactly([shape.size.area]))
        product.form.providesPairSums = place.sumsPairs
        kernel = place.backend.kernel(for: product)
        output = MapShape(features: features)
    }

    var pairReader: (any MatrixKernel)? { kernel }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        builder.add(
            PooledFeaturesStep(
                kernel: kernel, slices: kernel.slices, map: connection.input,
                products: scratch.block(0, connection.input.shape.size.area * kernel.columns, &builder.layout),
                mapPairs: scratch.mapPairs, output: connection.output.buffer ?? scratch.maps.0),
            StepLabel(connection.layer, "features"))
    }
}

/// A task is a slice of the channels.
private struct PooledFeaturesStep: PlanStep {
    let kernel: any MatrixKernel
    let slices: [MatrixSlice]
    let map: FeatureMap
    /// The slices one behind the other, each dense.
    let products: PassLayout.Buffer
    let mapPairs: PassLayout.Buffer
    let output: PassLayout.Buffer

    var taskCount: Int { slices.count }

    func run(_ task: Int, in memory: PassMemory) {
        let (pixels, channels) = (map.shape.size.area, slices[task].columns)
        let target = memory.address(products) + pixels * channels.lowerBound
        var operands = MatrixOperands(slice: task, rows: pixels, input: map.address(in: memory), output: target)
        operands.pairSums = UnsafePointer(memory.address(mapPairs))
        kernel.run(operands)
        (memory.address(output) + channels.lowerBound).writeMeans(
            of: target, pixels: pixels, channels: channels.count)
    }
}

extension UnsafeMutablePointer<Float> {
    /// Writes the mean of each channel of a dense map.
    ///
    /// - Parameter channels: a multiple of 8.
    fileprivate func writeMeans(of map: UnsafePointer<Float>, pixels: Int, channels: Int) {
        let scale = 1 / Float(pixels)
        for channel in Swift.stride(from: 0, to: channels, by: 8) {
            var sum = SIMD8<Float>.zero
            for pixel in 0..<pixels { sum += map.loadVector(pixel * channels + channel) }
            storeVector(sum * scale, channel)
        }
    }
}

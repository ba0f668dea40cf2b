internal import NeuralLayers
internal import TensorEngine

/// Layers that are done in one step, with what does not depend on the size of their input: kernels, which take any number of
/// rows.
protocol FusedLayer: Sendable {
    /// Adds the step for inputs of one shape.
    ///
    /// - Returns: what the step leaves.
    func addStep(for input: FeatureMap, to plan: inout ShapePlan) -> FeatureMap
}

/// A network's steps for one shape of input, as its layers add them. They are for one thread, so each has one task.
struct ShapePlan {
    typealias Buffer = PassLayout.Buffer

    private(set) var layout = PassLayout()
    private(set) var entries: [NetworkPlan.Entry] = []
    /// Input and output of a step change places from step to step.
    private let maps: (Buffer, Buffer)
    /// What a step needs for itself alone.
    let scratch: Buffer

    init() {
        maps = (layout.reserve(), layout.reserve())
        scratch = layout.reserve()
    }

    /// A map that a step can leave of `input`, with room for part of a vector behind it.
    ///
    /// - Parameter stride: floats from one pixel to the next.
    mutating func map(_ shape: MapShape, stride: Int, behind input: FeatureMap) -> FeatureMap {
        let map = FeatureMap(input.buffer == maps.0 ? maps.1 : maps.0, shape, stride: stride, batch: input.batch)
        if let buffer = map.buffer { layout.grow(buffer, to: map.count + 8) }
        return map
    }

    mutating func add(_ step: some PlanStep, _ part: String, scratchCount: Int = 0) {
        layout.grow(scratch, to: scratchCount)
        entries.append(NetworkPlan.Entry(label: StepLabel(entries.count, part), step: step))
    }
}

/// A convolution without padding, its activation and the largest-of-a-window pooling behind that.
///
/// Channels are padded with zeros to whole vectors, unless they are pooled.
struct FusedConvolution: FusedLayer {
    let kernel: any MatrixKernel
    /// Of the convolution; without padding.
    let window: ConvolutionWindow
    /// Floats from one input pixel to the next.
    let inputStride: Int
    /// Output channels, without padding.
    let channels: Int
    let pooling: Pooling?

    func addStep(for input: FeatureMap, to plan: inout ShapePlan) -> FeatureMap {
        precondition(!input.shape.isRow && input.stride == inputStride, "\(input.shape) is no map for \(window)")
        let convolved = window.geometry(for: input.shape.size).output
        let rows = ConvolvedRows(kernel: kernel, stride: window.stride, input: input, width: convolved.width)
        let gathered = kernel.scratchCount(rows: convolved.width)
        guard let pooling else {
            let output = plan.map(MapShape(convolved, channels: channels), stride: kernel.columns, behind: input)
            plan.add(
                WindowsStep(rows: rows, output: output, gathered: plan.scratch), "convolution", scratchCount: gathered)
            return output
        }
        let size = Size(
            height: pooling.outputExtent(convolved.height), width: pooling.outputExtent(convolved.width))
        let output = plan.map(MapShape(size, channels: channels), stride: channels, behind: input)
        plan.add(
            PooledWindowsStep(
                rows: rows, height: convolved.height, pooling: pooling, output: output, scratch: plan.scratch),
            "pooled convolution", scratchCount: (pooling.kernel + 1) * rows.count + gathered)
        return output
    }
}

/// Rows of a convolution's output.
private struct ConvolvedRows: Sendable {
    let kernel: any MatrixKernel
    let stride: Int
    let input: FeatureMap
    /// Pixels of a row.
    let width: Int

    /// Floats of a row.
    var count: Int { width * kernel.columns }

    func write(
        row: Int, ofPicture picture: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
        gathered: UnsafeMutablePointer<Float>
    ) {
        let first = picture * input.shape.size.height + row * stride
        kernel.run(
            MatrixOperands(
                rows: width, input: source + first * input.rowStride, output: target,
                segmentStride: input.rowStride, scratch: gathered))
    }
}

private struct WindowsStep: PlanStep {
    let rows: ConvolvedRows
    let output: FeatureMap
    let gathered: PassLayout.Buffer
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        let (source, target) = (rows.input.address(in: memory), output.target(in: memory))
        let (gathered, height) = (memory.address(gathered), output.shape.size.height)
        for picture in 0..<output.batch {
            for row in 0..<height {
                rows.write(
                    row: row, ofPicture: picture, from: source,
                    to: target + (picture * height + row) * output.rowStride, gathered: gathered)
            }
        }
    }
}

/// The rows of the convolution go round a ring as high as a window, and are pooled while they are in cache.
private struct PooledWindowsStep: PlanStep {
    let rows: ConvolvedRows
    /// Rows that the convolution has.
    let height: Int
    let pooling: Pooling
    let output: FeatureMap
    /// The ring, a row for the pooling, and windows that are gathered.
    let scratch: PassLayout.Buffer
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        let (source, ring) = (rows.input.address(in: memory), memory.address(scratch))
        let highest = ring + pooling.kernel * rows.count
        var target = output.target(in: memory)
        for picture in 0..<output.batch {
            var next = 0
            for index in 0..<output.shape.size.height {
                let first = index * pooling.stride
                let needed = first..<min(first + pooling.kernel, height)
                next = max(next, first)
                while next < needed.upperBound {
                    rows.write(
                        row: next, ofPicture: picture, from: source, to: ring + next % pooling.kernel * rows.count,
                        gathered: highest + rows.count)
                    next += 1
                }
                pooling.maximumRow(
                    of: needed, in: RowRing(ring, width: rows.width, channels: rows.kernel.columns),
                    scratch: highest, keeping: output.shape.channels, into: target)
                target += output.rowStride
            }
        }
    }
}

/// A linear layer, and its activation.
struct FusedLinear: FusedLayer {
    let kernel: any MatrixKernel
    let inputStride: Int
    let features: Int

    func addStep(for input: FeatureMap, to plan: inout ShapePlan) -> FeatureMap {
        precondition(input.shape.isRow && input.stride == inputStride, "\(input.shape) is no row of features")
        let output = plan.map(MapShape(features: features), stride: kernel.columns, behind: input)
        plan.add(RowsStep(kernel: kernel, input: input, output: output), "linear")
        return output
    }

    /// All rows at once, so that weights are read once.
    private struct RowsStep: PlanStep {
        let kernel: any MatrixKernel
        let input: FeatureMap
        let output: FeatureMap
        let taskCount = 1

        func run(_ task: Int, in memory: PassMemory) {
            kernel.run(
                MatrixOperands(
                    rows: input.batch, input: input.address(in: memory), output: output.target(in: memory)))
        }
    }
}

/// A layer that no kernel is for, called as it is.
struct UnfusedLayer: FusedLayer {
    let layer: any Layer

    func addStep(for input: FeatureMap, to plan: inout ShapePlan) -> FeatureMap {
        let shape = MapShape(leftBy: layer, of: input.shape)
        let output = plan.map(shape, stride: shape.channels, behind: input)
        plan.add(UnplannedStep(layer: layer, input: input, output: output), "unplanned")
        return output
    }
}

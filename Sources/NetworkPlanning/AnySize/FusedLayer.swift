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

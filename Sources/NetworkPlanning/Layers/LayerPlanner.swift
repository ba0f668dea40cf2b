internal import NeuralLayers
internal import TensorEngine

/// Turns a list of layers into steps.
///
/// Each kind of layer has a plan of its own, some for two or three layers at once. An unknown layer, or one of sizes that
/// no kernel has, is called as it is: a network is never refused, only slower.
struct LayerPlanner {
    private var builder: PlanBuilder
    private var scratch: PlanScratch
    private let input: MapShape
    private var planned: [Planned] = []

    /// Some of the layers.
    private struct Planned {
        /// The place of the last of them in the list.
        let layer: Int
        let plan: any LayerPlan
    }

    /// What is left by the layers planned so far.
    private var current: FeatureMap

    init(_ builder: PlanBuilder, input: MapShape) {
        self.builder = builder
        scratch = PlanScratch(&self.builder.layout)
        self.input = input
        current = FeatureMap(input: input)
    }

    /// Plans all layers; once.
    mutating func plan(_ layers: [any Layer]) {
        var rest = layers[...]
        while !rest.isEmpty {
            let plan = next(of: &rest)
            planned.append(Planned(layer: rest.startIndex - 1, plan: plan))
            current = FeatureMap(scratch.maps.0, plan.output)
        }
    }

    /// The plan of the first of the layers, and of those behind it that are done together with it.
    private func next(of rest: inout ArraySlice<any Layer>) -> any LayerPlan {
        let layer = rest.removeFirst()
        let place = PlanningPlace(
            input: current, sumsPairs: planned.last?.plan.sumsPairs ?? false, threads: builder.threads,
            backend: builder.backend)
        switch layer {
        case let layer as Conv2D:
            if let block = rest.first as? MBConv, let plan = BottleneckPlan(block, behind: layer, at: place) {
                rest.removeFirst()
                return plan
            }
            if rest.first is GlobalAveragePool, let plan = PooledFeaturesPlan(layer, at: place) {
                rest.removeFirst()
                return plan
            }
            let rectifier = layer.activation == .identity ? rest.first as? PReLU : nil
            guard let plan = ConvolutionPlan(rectifier.map(layer.followed) ?? layer, at: place) else { break }
            if rectifier != nil { rest.removeFirst() }
            return plan
        case let layer as DepthwiseConv2D: if let plan = DepthwisePlan(layer, at: place) { return plan }
        case let layer as MBConv: if let plan = BottleneckPlan(layer, behind: nil, at: place) { return plan }
        case let layer as MaxPool: if let plan = MaximumPlan(layer, at: place) { return plan }
        case is GlobalAveragePool: if let plan = MeanPlan(at: place) { return plan }
        case let layer as Linear: if let plan = LinearPlan(layer, at: place) { return plan }
        default: break
        }
        return UnplannedLayer(layer, at: place)
    }

    /// The steps in order, what each layer leaves, and what the last one does.
    mutating func finish() -> (plan: NetworkPlan, outputs: [FeatureMap?], last: FeatureMap) {
        var map = FeatureMap(input: input)
        var outputs: [FeatureMap?] = []
        for (index, planned) in planned.enumerated() {
            let target = planned.plan.isInPlace ? map.buffer : nil
            let output = FeatureMap(target ?? scratch.otherMap(than: map), planned.plan.output)
            if let buffer = output.buffer { builder.layout.grow(buffer, to: output.count) }
            let next = index + 1 < self.planned.count ? self.planned[index + 1].plan : nil
            let connection = LayerConnection(
                layer: planned.layer, input: map, output: output, pairReader: next?.pairReader)
            planned.plan.addSteps(to: &builder, connection, &scratch)
            outputs += [FeatureMap?](repeating: nil, count: planned.layer - outputs.count) + [output]
            map = output
        }
        return (builder.finish(), outputs, map)
    }
}

/// Layers with their kernels, before it is settled where their maps lie.
protocol LayerPlan {
    var output: MapShape { get }
    /// Whether the output takes the place of the input.
    var isInPlace: Bool { get }
    /// The kernel that reads the input's pixels as rows and may be paired; nil where there is none.
    var pairReader: (any MatrixKernel)? { get }
    /// Whether the last step can sum the pairs of its output, if the next kernel needs them.
    var sumsPairs: Bool { get }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch)
}

extension LayerPlan {
    var isInPlace: Bool { false }
    var pairReader: (any MatrixKernel)? { nil }
    var sumsPairs: Bool { false }
}

/// What a layer's plan is made from, beside the layer.
struct PlanningPlace {
    let input: FeatureMap
    /// Whether the step that leaves the input also sums its pairs.
    let sumsPairs: Bool
    let threads: Int
    let backend: any KernelBackend

    /// Whether the input's pixels are whole vectors.
    var hasVectors: Bool { input.stride % 8 == 0 }
}

/// Where a layer stands among the others.
struct LayerConnection {
    let layer: Int
    let input: FeatureMap
    let output: FeatureMap
    /// The kernel that reads the output next, where it may need pair sums.
    let pairReader: (any MatrixKernel)?
}

/// Buffers that layers share, since their steps do not overlap.
struct PlanScratch {
    typealias Buffer = PassLayout.Buffer

    /// Input and output of a layer change places from layer to layer.
    let maps: (Buffer, Buffer)
    /// The sums over the pairs of each pixel of the current map.
    let mapPairs: Buffer
    /// One large block of outputs for each thread that computes channels of its own, or one for each strip.
    private(set) var blocks: [Buffer] = []
    /// A row of pixels beyond the border.
    let zeros: Buffer
    /// A row of gathered windows, and a table of input rows.
    let gathered: Buffer
    let rowTable: Buffer
    /// What belongs to bottlenecks alone, when there is one.
    var bottleneck: BottleneckBuffers?

    init(_ layout: inout PassLayout) {
        maps = (layout.reserve(), layout.reserve())
        mapPairs = layout.reserve()
        zeros = layout.reserve()
        gathered = layout.reserveForEachThread()
        rowTable = layout.reserveForEachThread()
    }

    func otherMap(than map: FeatureMap) -> Buffer { map.buffer == maps.0 ? maps.1 : maps.0 }

    /// The block of this number, with room for `count` floats.
    mutating func block(_ index: Int, _ count: Int, _ layout: inout PassLayout) -> Buffer {
        while blocks.count <= index { blocks.append(layout.reserve()) }
        layout.grow(blocks[index], to: count)
        return blocks[index]
    }
}

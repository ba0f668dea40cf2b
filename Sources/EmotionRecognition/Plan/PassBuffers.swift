import TensorEngine

/// The buffers of a ``ForwardPass`` and where they lie in its arena.
struct PassBuffers {
    let arena: Arena
    /// The picture within a border of zeros.
    let picture: Arena.Buffer
    /// A block's input and output change places from block to block.
    let maps: (Arena.Buffer, Arena.Buffer)
    /// What the depthwise half of a block leaves for its projection; the last convolution's outputs later.
    let expanded: Arena.Buffer
    /// One slab a thread.
    let slabs: [Arena.Buffer]
    /// Scratch of the portable stem, one a thread.
    let columns: [Arena.Buffer]
    /// A row of pixels beyond the border.
    let zeros: Arena.Buffer
    /// Sums of each strip, all channels.
    let sums: Arena.Buffer
    let means: Arena.Buffer
    let squeezed: Arena.Buffer
    let gates: Arena.Buffer
    let gatedWeights: Arena.Buffer
    /// Sums over the pairs of each pixel: of the map that a block reads, and of the run of pixels that each thread projects.
    let mapPairs: Arena.Buffer
    let rowPairs: [Arena.Buffer]
    /// Sums over the pairs of each column of gated weights, one row for each slice of gates.
    let gatedPairs: Arena.Buffer
    /// The biases of gated weights, for each thread.
    let gatedParameters: [Arena.Buffer]
    let features: Arena.Buffer
    let hidden: Arena.Buffer
    let logits: Arena.Buffer

    init(_ plan: NetworkPlan, threads: Int) {
        var arena = Arena()
        let blocks = plan.blocks
        func largest(_ size: (BlockPlan) -> Int) -> Int { blocks.map(size).max() ?? 0 }
        let stem = plan.stemGeometry
        picture = arena.reserve(NetworkPlan.paddedHeight(stem) * NetworkPlan.paddedWidth(stem) * 3)
        let map = largest { $0.output.area * $0.outputChannels }
        maps = (arena.reserve(map), arena.reserve(map))
        let lastPixels = blocks.last?.output.area ?? 0
        expanded = arena.reserve(
            max(largest { $0.output.area * $0.expandedChannels }, lastPixels * plan.last.columns))
        let slab = largest { block in
            guard !block.source.isInput else { return 0 }
            let rows = block.strips.joined().map(\.rows).max() ?? 0
            let channels = block.depthwise.slices.map(\.count).max() ?? 0
            return rows * block.input.width * channels
        }
        slabs = (0..<threads).map { _ in arena.reserve(slab) }
        let gathered = largest { block in
            guard block.source.kind == .stem, let product = block.source.product else { return 0 }
            return product.scratchCount(rows: stem.output.width)
        }
        columns = (0..<threads).map { _ in arena.reserve(gathered) }
        zeros = arena.reserve(largest { $0.input.width * $0.expandedChannels })
        sums = arena.reserve(largest { $0.strips.count * $0.expandedChannels })
        means = arena.reserve(largest(\.expandedChannels))
        squeezed = arena.reserve(largest(\.reduce.columns))
        gates = arena.reserve(largest(\.expandedChannels))
        gatedWeights = arena.reserve(largest { $0.gatesWeights ? $0.project.weights.shape.count : 0 })
        mapPairs = arena.reserve(largest(\.output.area))
        gatedPairs = arena.reserve(largest { $0.gatesWeights ? $0.gate.slices.count * $0.project.columns : 0 })
        let run = largest { $0.runs.map(\.count).max() ?? 0 }
        rowPairs = (0..<threads).map { _ in arena.reserve(run) }
        let parameters = largest { $0.gatesWeights ? 2 * $0.project.columns : 0 }
        gatedParameters = (0..<threads).map { _ in arena.reserve(parameters) }
        features = arena.reserve(plan.last.columns)
        hidden = arena.reserve(plan.hidden.columns)
        logits = arena.reserve(plan.output.columns)
        self.arena = arena
    }
}

import TensorEngine

/// The buffers of a ``ForwardPass`` and where they lie in its arena.
struct PassBuffers {
    let arena: Arena
    /// The picture within a border of zeros.
    let picture: Arena.Buffer
    /// A block's input and output change places from block to block.
    let maps: (Arena.Buffer, Arena.Buffer)
    /// What the depthwise half of a block leaves for its projection, one for each of its shares; in the first the last
    /// convolution's outputs later.
    let expanded: [Arena.Buffer]
    /// The sums of a projection's parts but the first, whose are the block's output.
    let partialSums: [Arena.Buffer]
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
    /// Of each part of a projection.
    let gatedWeights: [Arena.Buffer]
    /// Sums over the pairs of each pixel: of the map that a block reads, and of the run of pixels that each thread projects.
    let mapPairs: Arena.Buffer
    let rowPairs: [Arena.Buffer]
    /// Sums over the pairs of each column of gated weights, one row for each slice of gates, of each part.
    let gatedPairs: [Arena.Buffer]
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
        let shares = largest(\.division.shares.count)
        expanded = (0..<shares).map { index in
            let map = largest { block in
                guard index < block.division.shares.count else { return 0 }
                let share = block.division.shares[index]
                return share.rows.count * block.output.width * share.channels.count
            }
            return arena.reserve(index == 0 ? max(map, lastPixels * plan.last.columns) : map)
        }
        let parts = largest(\.projection.parts.count)
        func largestPart(_ index: Int, _ size: (MatrixProduct) -> Int) -> Int {
            largest { block in
                let parts = block.projection.parts
                return block.projection.gatesWeights && index < parts.count ? size(parts[index].product) : 0
            }
        }
        partialSums = (1..<max(parts, 1)).map { index in
            arena.reserve(largest { index < $0.projection.parts.count ? $0.output.area * $0.outputChannels : 0 })
        }
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
        gatedWeights = (0..<parts).map { arena.reserve(largestPart($0) { $0.weights.shape.count }) }
        mapPairs = arena.reserve(largest(\.output.area))
        gatedPairs = (0..<parts).map { arena.reserve(largestPart($0) { $0.scaledRows.count * $0.columns }) }
        let run = largest { $0.projection.runs.map(\.pixels.count).max() ?? 0 }
        rowPairs = (0..<threads).map { _ in arena.reserve(run) }
        let parameters = largest { 2 * $0.outputChannels }
        gatedParameters = (0..<threads).map { _ in arena.reserve(parameters) }
        features = arena.reserve(plan.last.columns)
        hidden = arena.reserve(plan.hidden.columns)
        logits = arena.reserve(plan.output.columns)
        self.arena = arena
    }
}

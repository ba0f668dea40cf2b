import TensorEngine

/// The buffers of a ``MeshPass`` and where they lie in its arena.
struct MeshBuffers {
    let arena: Arena
    /// The picture within the border of zeros that the first convolution reads.
    let picture: Arena.Buffer
    /// A block's input and output change places from block to block.
    let maps: (Arena.Buffer, Arena.Buffer)
    /// Narrow rows, depthwise rows and pooled rows at a time, and the portable path's gathered ones: one of each a thread.
    let rings: [Arena.Buffer]
    let middles: [Arena.Buffer]
    let pooled: [Arena.Buffer]
    let gathered: [Arena.Buffer]
    /// What the depthwise kernels add their outputs to; nobody reads it.
    let sums: [Arena.Buffer]
    /// A row beyond the border.
    let zeros: Arena.Buffer
    let points: Arena.Buffer
    let presence: Arena.Buffer

    init(_ plan: MeshPlan, threads: Int) {
        var arena = Arena()
        func largest(_ count: (MeshBlockPlan) -> Int) -> Int { plan.blocks.map(count).max() ?? 0 }
        func eachThread(_ count: Int) -> [Arena.Buffer] { (0..<threads).map { _ in arena.reserve(count) } }
        picture = arena.reserve(plan.paddedSide * plan.paddedSide * 3)
        let map = max(
            plan.stemGeometry.output.area * plan.stem.columns, largest { $0.output.area * $0.outputChannels })
        maps = (arena.reserve(map), arena.reserve(map))
        rings = eachThread(largest(\.ringCount))
        middles = eachThread(largest(\.middleCount))
        pooled = eachThread(largest(\.pooledCount))
        gathered = eachThread(
            max(largest(\.gatheredCount), plan.stem.scratchCount(rows: plan.stemGeometry.output.width)))
        sums = eachThread(largest(\.middleChannels))
        zeros = arena.reserve(largest { $0.output.width * $0.middleChannels })
        points = arena.reserve(plan.points.columns)
        presence = arena.reserve(plan.presence.columns)
        self.arena = arena
    }
}

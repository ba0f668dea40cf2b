package import NeuralLayers
package import TensorEngine

/// A list of layers, planned for inputs of any size and any number of them, that any number of callers may use at once, each
/// on its own thread.
///
/// Kernels are compiled once, for any number of rows. Steps and buffers are laid out for each shape of input when it first
/// comes, and kept: the pyramid of a picture has few shapes, and the next picture of its size has the same. Where kernels are
/// no faster than the layers, on the portable path, the layers are called as they are.
package final class AnySizeNetwork: Sendable {
    /// Which kernels the network runs on.
    package let path: KernelPath
    /// Channels of the input.
    private let channels: Int
    /// Empty where ``layers`` are called as they are.
    private let fused: [any FusedLayer]
    private let layers: [any Layer]
    /// The most blocks of memory that are kept for the next callers.
    private let keptBlocks: Int
    private let state = LockedState(State())

    /// A few sizes of picture, with three shapes for each level of their pyramids.
    private static let keptShapes = 128
    /// Floats of all blocks that are kept, 16 MiB, so that neither many threads nor one huge picture leave more behind.
    private static let keptFloats = 1 << 22

    private struct State {
        var shapes: [InputShape: PlannedShape] = [:]
        private var idle: [MemoryBlock] = []
        private var idleFloats = 0

        var blocks: Int { idle.count }

        mutating func takeBlock() -> MemoryBlock? {
            let block = idle.popLast()
            idleFloats -= block?.count ?? 0
            return block
        }

        mutating func keep(_ block: MemoryBlock, atMost limit: Int) {
            guard idle.count < limit, idleFloats + block.count <= AnySizeNetwork.keptFloats else { return }
            idle.append(block)
            idleFloats += block.count
        }
    }

    /// - Parameters:
    ///   - layers: one after the other; those that no kernel is for are called as they are.
    ///   - channels: of the input.
    ///   - callers: how many use the network at once, so that memory for as many is kept between their calls.
    package init(
        _ layers: [any Layer], inputChannels channels: Int, path: KernelPath = .best,
        callers: Int = Processors.available
    ) {
        self.channels = channels
        (fused, self.path) = path.plan { backend, path in
            (backend.gainsFromFusion ? LayerFusion.fuse(layers, on: backend) : [], path)
        }
        self.layers = fused.isEmpty ? layers : []
        keptBlocks = callers
        // Weights leave the file, which was checked now and may be another by the first call.
        for layer in self.layers {
            _ = (layer as? Linear)?.weight
            _ = (layer as? Conv2D)?.weight
        }
    }

    /// What the last layer leaves of each input.
    ///
    /// - Parameters:
    ///   - input: `[N, H, W, C]`, or `[N, features]` where the first layer takes features.
    ///   - rows: those of a single picture that the layers see; all when nil.
    package func callAsFunction(_ input: Tensor, rows: Range<Int>? = nil) -> Tensor {
        let shape = InputShape(of: input, rows: rows)
        precondition(shape.picture.channels == channels, "\(channels) channels expected, found \(input.shape)")
        guard !fused.isEmpty else { return layers.reduce(input.rows(rows)) { $1($0) } }
        let (planned, block) = claim(shape)
        defer { giveBack(block) }
        let first = (rows?.lowerBound ?? 0) * shape.picture.size.width * channels
        return Tensor(shape: planned.output.tensorShape) { target in
            input.withPointer { planned.run(on: $0 + first, in: block, to: target) }
        }
    }

    /// What each step does for some inputs, for tests; none where there are no steps.
    package func parts(for input: Tensor) -> [String] {
        fused.isEmpty ? [] : PlannedShape(fused, InputShape(of: input, rows: nil), path).plan.parts
    }

    /// Shapes and blocks that are kept, for tests.
    package var kept: (shapes: Int, blocks: Int) { state.withLock { ($0.shapes.count, $0.blocks) } }

    /// The steps for inputs of a shape, and memory that is nobody else's for the time.
    private func claim(_ input: InputShape) -> (PlannedShape, MemoryBlock) {
        let (known, idle) = state.withLock { ($0.shapes[input], $0.takeBlock()) }
        let planned = known ?? PlannedShape(fused, input, path)
        if known == nil {
            state.withLock { state in
                // Those that are still wanted come again with the next picture.
                if state.shapes.count >= Self.keptShapes { state.shapes.removeAll(keepingCapacity: true) }
                state.shapes[input] = planned
            }
        }
        if let idle, idle.count >= planned.floats { return (planned, idle) }
        return (planned, MemoryBlock(count: planned.floats))
    }

    private func giveBack(_ block: MemoryBlock) { state.withLock { $0.keep(block, atMost: keptBlocks) } }
}

private struct InputShape: Hashable {
    let batch: Int
    let picture: MapShape

    init(of input: Tensor, rows: Range<Int>?) {
        batch = input.shape[0]
        guard input.shape.rank == 4 else {
            precondition(input.shape.rank == 2 && rows == nil, "neither pictures nor features: \(input.shape)")
            picture = MapShape(features: input.shape[1])
            return
        }
        let (seen, height) = (rows ?? 0..<input.size.height, input.size.height)
        precondition(
            rows == nil || batch == 1 && !seen.isEmpty && seen.lowerBound >= 0 && seen.upperBound <= height,
            "\(seen) are no rows of one picture in \(input.shape)")
        picture = MapShape(Size(height: seen.count, width: input.size.width), channels: input.channels)
    }
}

/// The steps for inputs of one shape; changes no more.
private final class PlannedShape: Sendable {
    let plan: NetworkPlan
    let output: FeatureMap
    /// Floats of memory that a run needs, and where in it the buffers lie.
    let floats: Int
    private let places: [PassMemory.Place]

    init(_ layers: [any FusedLayer], _ input: InputShape, _ path: KernelPath) {
        var shape = ShapePlan()
        output = layers.reduce(FeatureMap(input: input.picture, batch: input.batch)) { map, layer in
            layer.addStep(for: map, to: &shape)
        }
        plan = NetworkPlan(entries: shape.entries, layout: shape.layout, threads: 1, path: path)
        (places, floats) = shape.layout.places(threads: 1)
    }

    func run(on input: UnsafePointer<Float>, in block: MemoryBlock, to target: UnsafeMutablePointer<Float>) {
        places.withUnsafeBufferPointer { places in
            guard let places = places.baseAddress else { return }
            let memory = PassMemory(base: block.base, places: places, thread: 0, input: input)
            plan.run(in: memory, on: nil)
            output.read(from: memory, to: target)
        }
    }
}

/// Memory for the maps of one input after the other, of whatever shape.
private final class MemoryBlock: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) {
        self.count = count
        base = LargePages.allocate(byteCount: count * MemoryLayout<Float>.stride)
            .bindMemory(to: Float.self, capacity: count)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }
}

extension Tensor {
    /// Some rows of a single picture: a copy, unless they are all.
    fileprivate func rows(_ rows: Range<Int>?) -> Tensor {
        guard let rows, rows.count < size.height else { return self }
        let pitch = size.width * channels
        return Tensor(shape: [1, rows.count, size.width, channels]) { target in
            withPointer { target.update(from: $0 + rows.lowerBound * pitch, count: rows.count * pitch) }
        }
    }
}

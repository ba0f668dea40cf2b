internal import NetworkPlanning
internal import NeuralLayers
internal import TensorEngine

/// The mesh network, planned for a number of threads, and where a pass finds picture and answers.
struct MeshPlan: Sendable {
    let network: NetworkPlan
    /// The picture within the border of zeros that the first convolution reads: red, green and blue of each pixel in 0…1.
    let picture: BorderedMap
    /// x, y and z of each point.
    let points: PassLayout.Buffer
    /// A logit.
    let presence: PassLayout.Buffer

    static func make(_ layers: MeshLayers, threads: Int, path: KernelPath) -> MeshPlan {
        path.plan { MeshPlan(layers, PlanBuilder($0, path: $1, threads: threads)) }
    }

    private init(_ layers: MeshLayers, _ builder: PlanBuilder) {
        var builder = builder
        let geometry = layers.stem.geometry(for: Size(side: MeshLayers.side))
        let picture = BorderedMap(geometry, channels: 3, &builder.layout)
        // A block's input and output change places from block to block.
        var (map, otherMap) = (builder.layout.reserve(), builder.layout.reserve())
        var buffers = MeshBuffers(&builder.layout)
        let channels = layers.stem.outputChannels
        let stem = builder.backend.kernel(
            for: layers.stem.product(
                inputs: 3, slices: [MatrixSlice(0..<channels, outputStride: channels)],
                rows: .exactly([geometry.output.width])))
        builder.layout.grow(buffers.gathered, to: stem.scratchCount(rows: geometry.output.width))
        builder.layout.grow(map, to: geometry.output.area * channels)
        builder.add(
            ConvolutionStep(
                kernel: stem, geometry: geometry,
                strips: MeshBlockStep.strips(of: geometry.output.height, threads: builder.threads), input: picture,
                output: map, gathered: buffers.gathered), StepLabel(0, "stem"))
        var size = geometry.output
        for (index, block) in layers.blocks.enumerated() {
            let step = MeshBlockStep(block, input: size, from: map, to: otherMap, &builder, &buffers)
            builder.add(step, StepLabel(index + 1, "block"))
            size = step.output
            swap(&map, &otherMap)
        }
        self.picture = picture
        (points, presence) = (builder.layout.reserve(), builder.layout.reserve())
        // Both read the last map as one row.
        builder.add(features: layers.points, slices: builder.threads, from: map, to: points)
        builder.add(features: layers.presence, slices: 1, from: map, to: presence)
        network = builder.finish()
    }
}

extension PlanBuilder {
    fileprivate mutating func add(
        features layer: Linear, slices: Int, from input: PassLayout.Buffer, to output: PassLayout.Buffer
    ) {
        let vectors = layer.outputFeatures.roundedUpToVector / 8
        let kernel = backend.kernel(
            forRow: layer, depth: layer.inputFeatures,
            slices: (0..<slices).map { ($0 * vectors / slices * 8)..<(($0 + 1) * vectors / slices * 8) })
        layout.grow(output, to: kernel.columns)
        add(RowStep(kernel, input: input, output: output), StepLabel(MeshLayers.blockCount + 1, "answers"))
    }
}

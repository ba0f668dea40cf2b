import EmotionRecognition
import NeuralLayers
import TensorEngine

/// Every layer of the classifier's backbone in the order of a forward pass, with the input it really gets.
struct LayerTrace {
    enum Kind {
        case convolution(Conv2D)
        case depthwise(DepthwiseConv2D)
        case squeezeExcite(SqueezeExcite)
        case residual(Tensor)
        case pooling
    }

    struct Step {
        let kind: Kind
        /// 0 for the stem, 1…7 for the stages, 8 for the last convolution and the pooling.
        let stage: Int
        /// Counted from 0 through all stages; nil outside of the blocks.
        let block: Int?
        let input: Tensor
    }

    private(set) var steps: [Step] = []
    private var block: Int?

    /// Follows `input` through the network.
    ///
    /// - Parameter input: `[N, H, W, 3]`.
    init(of network: EfficientNet, on input: Tensor) {
        var map = add(.convolution(network.stem), 0, input) { network.stem($0) }
        for (index, blocks) in network.stages.enumerated() {
            for layers in blocks {
                block = (block ?? -1) + 1
                map = follow(layers, stage: index + 1, map)
            }
        }
        block = nil
        map = add(.convolution(network.head), 8, map) { network.head($0) }
        _ = add(.pooling, 8, map) { $0.globalAveragePooled() }
    }

    private mutating func follow(_ block: EfficientNetBlock, stage: Int, _ input: Tensor) -> Tensor {
        switch block {
        case .depthwiseSeparable(let block):
            return finish(
                block.depthwise, block.squeezeExcite, block.project, block.hasResidual ? input : nil, stage, input)
        case .inverted(let block):
            let expanded = add(.convolution(block.expand), stage, input) { block.expand($0) }
            return finish(
                block.depthwise, block.squeezeExcite, block.project, block.hasResidual ? input : nil, stage, expanded)
        }
    }

    private mutating func finish(
        _ depthwise: DepthwiseConv2D, _ squeezeExcite: SqueezeExcite, _ project: Conv2D, _ residual: Tensor?,
        _ stage: Int, _ input: Tensor
    ) -> Tensor {
        var map = add(.depthwise(depthwise), stage, input) { depthwise($0) }
        map = add(.squeezeExcite(squeezeExcite), stage, map) { squeezeExcite($0) }
        map = add(.convolution(project), stage, map) { project($0) }
        guard let residual else { return map }
        return add(.residual(residual), stage, map) { $0.adding(residual) }
    }

    private mutating func add(_ kind: Kind, _ stage: Int, _ input: Tensor, _ layer: (Tensor) -> Tensor) -> Tensor {
        steps.append(Step(kind: kind, stage: stage, block: block, input: input))
        return layer(input)
    }
}

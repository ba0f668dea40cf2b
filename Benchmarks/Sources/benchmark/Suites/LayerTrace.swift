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

    private mutating func follow(_ block: MBConv, stage: Int, _ input: Tensor) -> Tensor {
        var map = input
        if let expand = block.expand { map = add(.convolution(expand), stage, map) { expand($0) } }
        map = add(.depthwise(block.depthwise), stage, map) { block.depthwise($0) }
        map = add(.squeezeExcite(block.squeezeExcite), stage, map) { block.squeezeExcite($0) }
        map = add(.convolution(block.project), stage, map) { block.project($0) }
        guard block.hasResidual else { return map }
        return add(.residual(input), stage, map) { $0.adding(input) }
    }

    private mutating func add(_ kind: Kind, _ stage: Int, _ input: Tensor, _ layer: (Tensor) -> Tensor) -> Tensor {
        steps.append(Step(kind: kind, stage: stage, block: block, input: input))
        return layer(input)
    }
}

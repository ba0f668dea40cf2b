package import NeuralLayers
package import TensorEngine
package import WeightFile

/// A block of either kind; which one follows from its expansion.
package enum EfficientNetBlock: Layer {
    case depthwiseSeparable(DepthwiseSeparable)
    case inverted(MBConv)

    package init(from scope: WeightScope, _ configuration: BlockConfiguration) throws(WeightError) {
        self =
            configuration.expansion == 1
            ? .depthwiseSeparable(try DepthwiseSeparable(from: scope, configuration))
            : .inverted(try MBConv(from: scope, configuration))
    }

    package func callAsFunction(_ input: Tensor) -> Tensor {
        switch self {
        case .depthwiseSeparable(let block): block(input)
        case .inverted(let block): block(input)
        }
    }
}

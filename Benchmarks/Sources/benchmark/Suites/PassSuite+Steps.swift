import EmotionRecognition
import NeuralLayers

/// Which layers of the network each step of a pass does, and what to call it.
extension PassSuite {
    func stage(of step: PassStep) -> Int {
        switch step {
        case .features, .head: 8
        case .expansion(let block), .gates(let block), .projection(let block):
            trace.steps.first { $0.block == block }?.stage ?? 0
        }
    }

    func name(of step: PassStep) -> String {
        switch step {
        case .features: "step-features"
        case .head: "step-head"
        case .expansion(let block): "step-block\(block)-expansion"
        case .gates(let block): "step-block\(block)-gates"
        case .projection(let block): "step-block\(block)-projection"
        }
    }

    /// The layers that the step does at once.
    func layers(of step: PassStep) -> [LayerTrace.Step] {
        trace.steps.filter { layer in
            switch (step, layer.kind) {
            case (.expansion(block: 0), .convolution) where layer.stage == 0: true
            case (.features, .convolution), (.features, .pooling): layer.stage == 8
            case (.expansion(let block), .depthwise): layer.block == block
            case (.expansion(let block), .convolution(let layers)):
                layer.block == block && layers.outputChannels > layers.inputChannels
            case (.gates(let block), .squeezeExcite): layer.block == block
            case (.projection(let block), .convolution(let layers)):
                layer.block == block && layers.outputChannels <= layers.inputChannels
            case (.projection(let block), .residual): layer.block == block
            default: false
            }
        }
    }

    func operations(of step: PassStep) -> Double { layers(of: step).reduce(0) { $0 + ($1.operations ?? 0) } }

    func detail(of step: PassStep) -> String { layers(of: step).map(\.name).joined(separator: " + ") }
}

import NetworkPlanning
import NeuralLayers

/// Which layers of the network each step of a pass does, and what to call it.
extension PassSuite {
    /// The block that the step belongs to, counted from 0; the stem is done with block 0. Nil for what comes behind them.
    private func block(of step: StepLabel) -> Int? { step.layer <= blocks ? max(step.layer - 1, 0) : nil }

    func stage(of step: StepLabel) -> Int {
        guard let block = block(of: step) else { return 8 }
        return trace.steps.first { $0.block == block }?.stage ?? 0
    }

    func name(of step: StepLabel) -> String {
        guard let block = block(of: step) else {
            return step.part == "features" ? "step-features" : "step-head\(step.layer)"
        }
        return "step-block\(block)-\(step.part)"
    }

    /// The layers that the step does at once.
    func layers(of step: StepLabel) -> [LayerTrace.Step] {
        guard let block = block(of: step) else {
            return step.part == "features" ? trace.steps.filter { $0.stage == 8 } : []
        }
        return trace.steps.filter { layer in
            switch (step.part, layer.kind) {
            case ("expansion", .convolution) where layer.stage == 0: block == 0
            case ("expansion", .depthwise), ("gates", .squeezeExcite), ("projection", .residual): layer.block == block
            case ("expansion", .convolution(let layers)):
                layer.block == block && layers.outputChannels > layers.inputChannels
            case ("projection", .convolution(let layers)):
                layer.block == block && layers.outputChannels <= layers.inputChannels
            default: false
            }
        }
    }

    func operations(of step: StepLabel) -> Double { layers(of: step).reduce(0) { $0 + ($1.operations ?? 0) } }

    func detail(of step: StepLabel) -> String { layers(of: step).map(\.name).joined(separator: " + ") }
}

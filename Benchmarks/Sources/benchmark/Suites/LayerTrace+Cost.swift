import NeuralLayers
import TensorEngine

extension LayerTrace.Step {
    /// `pointwise-130x130-32-96` and the like: equal for steps that do the same work.
    var name: String {
        let place = "\(input.size.height)x\(input.size.width)"
        switch kind {
        case .convolution(let layer):
            let word =
                layer.window.kernel.area == 1
                ? "pointwise" : "convolution-\(layer.window.kernel.height)s\(layer.window.stride)"
            return "\(word)-\(place)-\(layer.inputChannels)-\(layer.outputChannels)"
        case .depthwise(let layer):
            return "depthwise-\(layer.window.kernel.height)s\(layer.window.stride)-\(place)-\(layer.channels)"
        case .squeezeExcite: return "squeeze-excite-\(place)-\(input.channels)"
        case .residual: return "residual-\(place)-\(input.channels)"
        case .pooling: return "global-pool-\(place)-\(input.channels)"
        }
    }

    /// Multiplications and additions of the convolution; nil for steps that only move data.
    var operations: Double? {
        switch kind {
        case .convolution(let layer):
            let outputs = layer.geometry(for: input.size).output.area * layer.outputChannels * input.batch
            return 2 * Double(outputs * layer.window.kernel.area * layer.inputChannels / layer.groups)
        case .depthwise(let layer):
            let outputs = layer.geometry(for: input.size).output.area * layer.channels * input.batch
            return 2 * Double(outputs * layer.window.kernel.area)
        case .squeezeExcite, .residual, .pooling: return nil
        }
    }

    func callAsFunction() {
        switch kind {
        case .convolution(let layer): _ = layer(input)
        case .depthwise(let layer): _ = layer(input)
        case .squeezeExcite(let layer): _ = layer(input)
        case .residual(let other): _ = input.adding(other)
        case .pooling: _ = input.globalAveragePooled()
        }
    }
}

extension LayerTrace {
    /// Multiplications and additions of all convolutions.
    var operations: Double { steps.reduce(0) { $0 + ($1.operations ?? 0) } }
}

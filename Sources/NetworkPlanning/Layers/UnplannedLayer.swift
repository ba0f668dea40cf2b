internal import NeuralLayers
internal import TensorEngine

/// A layer that no kernel is for, called as it is: it allocates tensors, and has one task.
struct UnplannedLayer: LayerPlan {
    private let layer: any Layer
    let output: MapShape

    /// Calls the layer once, on zeros, to see what it leaves.
    init(_ layer: any Layer, at place: PlanningPlace) {
        self.layer = layer
        let shape = layer(Tensor(zeros: place.input.shape.tensorShape(batch: 1))).shape
        precondition(shape[0] == 1 && (shape.rank == 2 || shape.rank == 4), "\(layer) makes \(shape) of one picture")
        output =
            shape.rank == 2
            ? MapShape(features: shape[1])
            : MapShape(Size(height: shape[1], width: shape[2]), channels: shape[3])
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        builder.add(
            UnplannedStep(
                layer: layer, input: connection.input, output: connection.output,
                buffer: connection.output.buffer ?? scratch.maps.0), StepLabel(connection.layer, "unplanned"))
    }
}

private struct UnplannedStep: PlanStep {
    let layer: any Layer
    let input: FeatureMap
    let output: FeatureMap
    let buffer: PassLayout.Buffer
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        let input = Tensor(shape: self.input.shape.tensorShape(batch: 1)) { (target: UnsafeMutablePointer<Float>) in
            self.input.read(from: memory, to: target)
        }
        layer(input).withPointer { result in
            let (target, channels) = (memory.address(buffer), output.shape.channels)
            for pixel in 0..<output.shape.size.area {
                let place = target + pixel * output.stride
                place.update(from: result + pixel * channels, count: channels)
                // The map that lay here before may have left something.
                (place + channels).update(repeating: 0, count: output.stride - channels)
            }
        }
    }
}

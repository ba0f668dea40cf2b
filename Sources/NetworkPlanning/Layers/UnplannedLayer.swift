internal import NeuralLayers
internal import TensorEngine

/// A layer that no kernel is for, called as it is: it allocates tensors, and has one task.
struct UnplannedLayer: LayerPlan {
    private let layer: any Layer
    let output: MapShape

    init(_ layer: any Layer, at place: PlanningPlace) {
        self.layer = layer
        output = MapShape(leftBy: layer, of: place.input.shape)
    }

    func addSteps(to builder: inout PlanBuilder, _ connection: LayerConnection, _ scratch: inout PlanScratch) {
        builder.add(
            UnplannedStep(layer: layer, input: connection.input, output: connection.output),
            StepLabel(connection.layer, "unplanned"))
    }
}

extension MapShape {
    /// What a layer leaves that does not say so: it is called once, on zeros.
    init(leftBy layer: any Layer, of input: MapShape) {
        let shape = layer(Tensor(zeros: input.tensorShape(batch: 1))).shape
        precondition(shape[0] == 1 && (shape.rank == 2 || shape.rank == 4), "\(layer) makes \(shape) of one picture")
        self =
            shape.rank == 2
            ? MapShape(features: shape[1])
            : MapShape(Size(height: shape[1], width: shape[2]), channels: shape[3])
    }
}

struct UnplannedStep: PlanStep {
    let layer: any Layer
    let input: FeatureMap
    let output: FeatureMap
    let taskCount = 1

    func run(_ task: Int, in memory: PassMemory) {
        let input = Tensor(shape: self.input.tensorShape) { (target: UnsafeMutablePointer<Float>) in
            self.input.read(from: memory, to: target)
        }
        layer(input).withPointer { result in
            let (target, channels) = (output.target(in: memory), output.shape.channels)
            for pixel in 0..<(output.batch * output.shape.size.area) {
                let place = target + pixel * output.stride
                place.update(from: result + pixel * channels, count: channels)
                // An earlier map may have left something here.
                (place + channels).update(repeating: 0, count: output.stride - channels)
            }
        }
    }
}

package import NeuralLayers
package import TensorEngine

/// A list of layers, planned for pictures of one size, that any number of callers may use at once.
package final class PlannedNetwork: Sendable {
    /// What the network takes: the size and channels of a picture.
    package let input: MapShape
    private let passes: PassPool
    /// What each layer leaves; nil for layers that are done together with the one behind them.
    private let outputs: [FeatureMap?]
    private let last: FeatureMap

    package var path: KernelPath { passes.plan.path }
    package var plan: NetworkPlan { passes.plan }

    /// - Parameters:
    ///   - layers: one after the other; those that the planner does not know are called as they are.
    ///   - workers: the threads that share the work of a picture.
    package init(_ layers: [any Layer], input: MapShape, workers: WorkerPool, path: KernelPath = .best) {
        let (plan, outputs, last) = path.plan { backend, path in
            var planner = LayerPlanner(PlanBuilder(backend, path: path, threads: workers.threads), input: input)
            planner.plan(layers)
            return planner.finish()
        }
        self.input = input
        self.outputs = outputs
        self.last = last
        passes = PassPool(plan, workers: workers)
    }

    /// What the last layer leaves of each picture.
    ///
    /// - Parameter input: `[N, H, W, C]` of the planned size.
    /// - Returns: `[N, features]` where the last layer leaves features, else `[N, H′, W′, C′]`.
    package func callAsFunction(_ input: Tensor) -> Tensor {
        requireShape(of: input)
        let count = last.shape.count
        return Tensor(shape: last.shape.tensorShape(batch: input.batch)) { results in
            input.withPointer { pictures in
                passes.forEach(input.batch) { index, pass, workers in
                    pass.run(on: workers, input: pictures + index * self.input.count)
                    last.read(from: pass.memory, to: results + index * count)
                }
            }
        }
    }

    /// What some layers leave of each picture, one behind the other: for training the layers behind them.
    ///
    /// - Parameters:
    ///   - layers: their places in the list, rising.
    ///   - input: `[N, H, W, C]` of the planned size.
    /// - Precondition: none of the layers is done together with the one behind it.
    package func activations(after layers: [Int], for input: Tensor) -> [Float] {
        requireShape(of: input)
        let maps = layers.map { layer in
            guard let map = outputs[layer], let label = plan.lastLabel(of: layer) else {
                preconditionFailure("layer \(layer) leaves nothing of its own")
            }
            return (label: label, map: map)
        }
        let count = maps.reduce(0) { $0 + $1.map.shape.count }
        var values = Tensor(zeros: [input.batch, count])
        values.withMutablePointer { values in
            input.withPointer { pictures in
                passes.forEach(input.batch) { index, pass, workers in
                    var target = values + index * count
                    var rest = maps[...]
                    pass.run(on: workers, input: pictures + index * self.input.count) { label in
                        guard let next = rest.first, label == next.label else { return }
                        next.map.read(from: pass.memory, to: target)
                        target += next.map.shape.count
                        rest.removeFirst()
                    }
                }
            }
        }
        return values.scalars
    }

    /// Runs `count` passes on the first picture of `input`, for those who time the steps or count allocations.
    package func repeatPass(_ count: Int, on input: Tensor, after report: (StepLabel) -> Void = { _ in }) {
        requireShape(of: input)
        input.withPointer { passes.repeatPass(count, input: $0, after: report) }
    }

    private func requireShape(of input: Tensor) {
        precondition(
            input.size == self.input.size && input.channels == self.input.channels,
            "[N, \(self.input.size), \(self.input.channels)] expected, found \(input.shape)")
    }
}

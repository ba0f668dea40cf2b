import EmotionRecognition
import TensorEngine

/// The classifier as a whole, each of its stages, and each distinct layer at the shape it has in the network.
enum ClassifierSuite {
    /// - Parameter trace: the layers of the classifier's network.
    static func measure(_ classifier: EmotionClassifier, _ trace: LayerTrace, in run: inout BenchmarkRun) {
        let size = classifier.specification.inputSize
        for batch in [1, 8] {
            let input = Tensor.deterministic([batch, size.height, size.width, 3])
            run.time(
                "classifier-b\(batch)", group: "network", detail: "\(input.shape)",
                operations: trace.operations * Double(batch)
            ) { _ = classifier.logits(for: input) }
        }
        PassSuite(classifier, trace: trace, stopwatch: run.stopwatch).measure(in: &run)
        measureStages(of: trace, in: &run)
        measureLayers(of: trace, in: &run)
    }

    private static func measureStages(of trace: LayerTrace, in run: inout BenchmarkRun) {
        for stage in 0...8 {
            let steps = trace.steps.filter { $0.stage == stage }
            guard let first = steps.first else { continue }
            let name = stage == 0 ? "stem" : stage == 8 ? "head" : "stage\(stage)"
            run.time(
                "layers/\(name)", group: "stages", detail: "\(first.input.shape)",
                operations: steps.reduce(0) { $0 + ($1.operations ?? 0) }
            ) { for step in steps { step() } }
        }
    }

    private static func measureLayers(of trace: LayerTrace, in run: inout BenchmarkRun) {
        var seen: [String: Int] = [:]
        for step in trace.steps { seen[step.name, default: 0] += 1 }
        for step in trace.steps {
            guard let occurrences = seen.removeValue(forKey: step.name) else { continue }
            run.time(
                "layer/\(step.name)", group: "layers", occurrences: occurrences, operations: step.operations
            ) { step() }
        }
    }
}

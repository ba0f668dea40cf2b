import EmotionRecognition
import NetworkPlanning
import TensorEngine

/// The steps of a real forward pass, each timed inside it, so that caches are as full as they are in use.
struct PassSuite {
    let trace: LayerTrace
    /// How many there are; the stem is layer 0 of the network, before them.
    let blocks: Int
    private var timings: [StepLabel: [Timing]] = [:]
    private var order: [StepLabel] = []

    /// Runs passes until the stopwatch's budget is spent.
    init(_ classifier: EmotionClassifier, trace: LayerTrace, stopwatch: Stopwatch) {
        self.trace = trace
        blocks = classifier.blocks.count
        let input = trace.steps[0].input
        classifier.network.repeatPass(3, on: input) { order.append($0) }
        order.removeLast(order.count / 3 * 2)
        var spent = 0.0
        var passes = 0
        while spent < 2 * stopwatch.budget || passes < stopwatch.fewest {
            var timer = LapTimer()
            classifier.network.repeatPass(1, on: input) { step in
                let timing = timer.lap()
                timings[step, default: []].append(timing)
                spent += timing.wall
            }
            passes += 1
        }
    }

    func measure(in run: inout BenchmarkRun) {
        for stage in 1...8 {
            let steps = order.filter { self.stage(of: $0) == stage }
            let name = stage == 8 ? "head" : "stage\(stage)"
            run.add(
                "pass/\(name)", group: "pass stages", operations: steps.reduce(0) { $0 + operations(of: $1) },
                sum(steps))
        }
        for (name, isOfKind) in Self.kinds {
            let steps = order.filter(isOfKind)
            run.add(
                "pass/\(name)", group: "pass kinds", operations: steps.reduce(0) { $0 + operations(of: $1) }, sum(steps)
            )
        }
        for step in order {
            run.add(
                "pass/\(name(of: step))", group: "pass steps", detail: detail(of: step),
                operations: operations(of: step),
                timings[step] ?? [])
        }
    }

    private static let kinds: [(String, @Sendable (StepLabel) -> Bool)] = [
        ("all-expansions", { $0.part == "expansion" }), ("all-gates", { $0.part == "gates" }),
        ("all-projections", { $0.part == "projection" }),
    ]

    /// The timings of several steps of the same pass, added up pass by pass.
    private func sum(_ steps: [StepLabel]) -> [Timing] {
        let all = steps.compactMap { timings[$0] }
        guard let first = all.first else { return [] }
        return all.dropFirst().reduce(first) { sums, next in zip(sums, next).map { $0 + $1 } }
    }
}

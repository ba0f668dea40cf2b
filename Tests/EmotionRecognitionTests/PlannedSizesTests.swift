import ModelWeights
import TensorEngine
import TestSupport
import Testing

@testable import EmotionRecognition

/// The planned network at other input sizes than the model's own, where strips, borders and runs fall elsewhere.
@Suite(.enabled(if: TestBuild.isRelease(for: "PlannedSizesTests"))) struct PlannedSizesTests {
    static let sizes = [
        Size(height: 33, width: 32), Size(height: 61, width: 97), Size(height: 96, width: 64), Size(side: 224),
    ]
    static let threads = [1, 2, 3, 4, 8]

    private static func compare(_ layers: LayeredClassifier, _ size: Size, _ path: KernelPath) {
        let input = Tensor.random([1, size.height, size.width, 3], in: -2...2, seed: 22)
        let expected = layers.logits(for: input)
        #expect(expected.scalars.allSatisfy { $0.isFinite })
        for threads in threads {
            let plan = NetworkPlan.make(layers.backbone, layers.head, input: size, threads: threads, path: path)
            #expect(plan.path == path)
            let network = PlannedNetwork(plan, workers: WorkerPool(threads: threads))
            let comparison = TensorComparison(network.logits(for: input), expected)
            #expect(comparison.isClose, "\(threads) threads: \(comparison)")
        }
    }

    @Test(arguments: KernelPath.usable, sizes)
    func thePlannedB2AgreesWithItsLayers(_ path: KernelPath, _ size: Size) throws {
        Self.compare(try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path), size, path)
    }

    /// Weights nobody trained, in shapes of their own: narrower layers, another head.
    @Test(arguments: KernelPath.usable, sizes)
    func aPlannedB0AgreesWithItsLayers(_ path: KernelPath, _ size: Size) throws {
        Self.compare(try MadeModel.load(), size, path)
    }
}

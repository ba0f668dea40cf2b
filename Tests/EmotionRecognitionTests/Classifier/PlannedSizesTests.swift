import ModelWeights
import TensorEngine
import TestSupport
import Testing

@testable import EmotionRecognition
@testable import NetworkPlanning

/// The planned network at other input sizes than the model's own, where strips, borders and runs fall elsewhere.
@Suite(.enabled(if: TestBuild.isRelease(for: "PlannedSizesTests"))) struct PlannedSizesTests {
    static let sizes = [
        Size(height: 33, width: 32), Size(height: 61, width: 97), Size(height: 96, width: 64), Size(side: 224),
    ]
    static let threads = [1, 2, 3, 4, 8]

    private static func plannedNetwork(
        _ layers: LayeredClassifier, _ size: Size, _ threads: Int, _ path: KernelPath
    ) -> PlannedNetwork {
        PlannedNetwork(
            layers.layers, input: MapShape(size, channels: 3), workers: WorkerPool(threads: threads), path: path)
    }

    private static func compare(_ layers: LayeredClassifier, _ size: Size, _ path: KernelPath) {
        let input = Tensor.random([1, size.height, size.width, 3], in: -2...2, seed: 22)
        let expected = layers.logits(for: input)
        #expect(expected.scalars.allSatisfy { $0.isFinite })
        for threads in threads {
            let network = plannedNetwork(layers, size, threads, path)
            #expect(network.path == path)
            let comparison = TensorComparison(network(input), expected)
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

    /// Pictures that a thread computes alone, by a plan for several, and one that they share.
    @Test(arguments: KernelPath.usable) func aBatchGivesWhatSinglePicturesGive(_ path: KernelPath) throws {
        let layers = try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path)
        let size = Size(height: 61, width: 97)
        for threads in [2, 3] {
            let network = Self.plannedNetwork(layers, size, threads, path)
            let batch = Tensor.random([threads + 1, size.height, size.width, 3], in: -2...2, seed: 23)
            let comparison = TensorComparison(network(batch), layers.logits(for: batch))
            #expect(comparison.isClose, "\(threads) threads: \(comparison)")
        }
    }

    /// What logits do not show: how B2 is shared out, and that weights of single rows stay halves.
    @Test(arguments: KernelPath.usable) func thePlanIsSharedOutAsStated(_ path: KernelPath) throws {
        let layers = try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path)
        for threads in 1...9 {
            let network = Self.plannedNetwork(layers, Size(side: 260), threads, path)
            let blocks = network.plan.steps.compactMap { ($0 as? ProjectionStep)?.block }
            #expect(blocks.count == 23)
            for (index, block) in blocks.enumerated() {
                let projection = block.projection
                let tasks = projection.parts.count * projection.runs.count
                #expect(
                    tasks % threads == 0 || threads == 2 && projection.isSplit, "block \(index), \(threads) threads")
                #expect(projection.isSplit == (threads == 2 && block.division.strips.count == 1))
                #expect(projection.sumRuns.count == (projection.isSplit ? threads : 0))
                #expect(projection.runs.reduce(0) { $0 + $1.pixels.count } == block.output.size.area)
                let (weights, count) = (block.reduce.weights, block.reduce.form.depth * block.reduce.columns)
                #expect(weights.shape.count == (path == .portable ? count : count / 2))
            }
        }
    }
}

import EmotionRecognition
import Emotions
import ImageCodecs
import Imaging
import ModelWeights
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing

/// The whole network with the bundled weights against PyTorch and timm.
@Suite(.enabled(if: TestBuild.isRelease(for: "NetworkTests"))) struct NetworkTests {
    let reference: ReferenceTensors
    let layers: LayeredClassifier
    let classifier: EmotionClassifier

    init() throws {
        reference = try ReferenceTensors("network.safetensors")
        layers = try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path)
        classifier = try EmotionClassifier(contentsOf: BundledModel.efficientNetB2.path)
    }

    /// Every `step`-th element of a map, as the fixture keeps it.
    private func sample(_ map: Tensor, _ name: String) throws -> Tensor {
        let step = try reference.number(name + ".step")
        let elements = map.scalars
        let taken = stride(from: 0, to: elements.count, by: step).map { elements[$0] }
        return Tensor(taken, shape: [taken.count])
    }

    @Test func everyStageAgrees() throws {
        let names = ["stem"] + (0..<7).map { "stage\($0)" }
        var maps: [Tensor] = []
        let pooled = layers.backbone.featureMaps(try reference.tensor("input")) { _, map in maps.append(map) }
        #expect(maps.count == names.count)
        for (name, map) in zip(names, maps) {
            #expect(map.shape.description.filter { $0 != " " } == "[\(try reference.attribute(name + ".shape"))]")
            let comparison = TensorComparison(try sample(map, name), try reference.tensor(name))
            print("\(name): \(comparison)")
            #expect(comparison.isClose, "\(name): \(comparison)")
        }
        let comparison = TensorComparison(pooled, try reference.tensor("pooled"))
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func logitsAgreeWithinAThousandth() throws {
        let logits = classifier.logits(for: try reference.tensor("input"))
        let comparison = TensorComparison(logits, try reference.tensor("logits"), relative: 0, absolute: 1e-3)
        print("logits: \(comparison)")
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test(arguments: KernelPath.usable, [1, 2, 3]) func thePlannedNetworkAgreesWithItsLayers(
        _ path: KernelPath, _ threads: Int
    ) throws {
        let planned = EmotionClassifier(layers, workers: WorkerPool(threads: threads), path: path)
        #expect(planned.network.path == path)
        let input = Tensor.random([1, 260, 260, 3], in: -2...2, seed: 21)
        let comparison = TensorComparison(planned.logits(for: input), layers.logits(for: input))
        print("\(planned.network.path) with \(threads) threads: \(comparison)")
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func aBatchGivesWhatSinglePicturesGive() throws {
        let first = try reference.tensor("input")
        let second = Tensor.random(first.shape, seed: 9)
        let batch = Tensor(first.scalars + second.scalars, shape: [2, 260, 260, 3])
        let together = classifier.logits(for: batch)
        let apart = classifier.logits(for: first).scalars + classifier.logits(for: second).scalars
        let comparison = TensorComparison(together, Tensor(apart, shape: [2, 7]), relative: 1e-4, absolute: 1e-5)
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func preparingACropAgreesStepByStep() throws {
        let steps = try ReferenceTensors("preprocessing.safetensors")
        let crop = try steps.tensor("crop")
        let image = Image(width: crop.size.width, height: crop.size.height, pixels: crop.scalars.map { UInt8($0) })
        let resized = image.resized(to: Size(side: 260), filter: .pillowBilinear)
        let step = try steps.number("resized.step")
        let bytes = stride(from: 0, to: resized.pixels.count, by: step).map { Float(resized.pixels[$0]) }
        #expect(bytes == (try steps.tensor("resized").scalars))

        let input = classifier.specification.input(from: [image])
        let elements = input.scalars
        let values = stride(from: 0, to: elements.count, by: step).map { elements[$0] }
        let normalized = TensorComparison(
            Tensor(values, shape: [values.count]), try steps.tensor("normalized"), relative: 1e-6, absolute: 1e-6)
        #expect(normalized.isClose, "\(normalized)")

        let logits = TensorComparison(
            classifier.logits(for: input), try steps.tensor("logits"), relative: 0, absolute: 1e-3)
        #expect(logits.isClose, "\(logits)")
        let scores = classifier.classify([image])[0]
        let probabilities = try steps.tensor("probabilities").scalars
        for (observed, expected) in zip(scores.values, probabilities) {
            #expect(abs(observed - Double(expected)) < 1e-3)
        }
    }
}

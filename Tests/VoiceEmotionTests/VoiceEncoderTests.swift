import Foundation
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing
import WeightFile

@testable import VoiceEmotion

/// A small network of made numbers, against PyTorch: `Fixtures/make_voice_emotion.py`.
@Suite(.enabled(if: TestBuild.isRelease(for: "VoiceEncoderTests"))) struct VoiceEncoderTests {
    private let fixture: ReferenceTensors

    init() throws { fixture = try ReferenceTensors("voice_emotion_reference.safetensors") }

    private func network(
        _ small: SmallNetwork = SmallNetwork(), threads: Int = 1, _ path: KernelPath = .best
    ) throws -> VoiceEmotionNetwork {
        try small.withFile {
            try VoiceEmotionNetwork(contentsOf: $0, workers: WorkerPool(threads: threads), path: path)
        }
    }

    @Test(arguments: KernelPath.usable, [1, 2])
    func featuresAndLogitsArePyTorchs(_ path: KernelPath, threads: Int) throws {
        let network = try network(threads: threads, path)
        let features = network.features(SmallNetwork.power)
        let comparison = TensorComparison(
            Tensor(features.flatMap(\.self), shape: [3, 1024]), try fixture.tensor("small.features"), relative: 1e-4,
            absolute: 5e-5)
        #expect(comparison.isClose, "\(comparison)")
        let recording = SmallNetwork.recording.map { features[$0] }
        for (name, rows, isKnown) in [("alone", features, false), ("few", features, true), ("known", recording, true)] {
            let comparison = TensorComparison(
                Tensor(network.logits(rows, isKnown: isKnown), shape: [rows.count, 7]),
                try fixture.tensor("small." + name), relative: 0, absolute: 1e-3)
            #expect(comparison.isClose, "\(name): \(comparison)")
        }
    }

    /// Memory that is used again keeps nothing of the window before.
    @Test func manyWindowsAreAsEachAlone() throws {
        let (power, network) = (SmallNetwork.power, try network(threads: 2))
        let alone = power.map { network.features([$0])[0] }
        let together = network.features((0..<24).map { power[$0 * 7 % 3] })
        for (index, features) in together.enumerated() { #expect(features == alone[index * 7 % 3]) }
        #expect(network.features([]).isEmpty)
    }

    @Test func scoresAreThoseOfTheLogits() throws {
        let network = try network()
        let features = network.features(SmallNetwork.power)
        for (isKnown, temperature) in [(false, 1.5), (true, 1.25)] {
            let logits = network.logits(features, isKnown: isKnown)
            let powers = logits.map { exp(Double($0) / temperature) }
            for (row, scores) in network.scores(features, isKnown: isKnown).enumerated() {
                let sum = powers[(7 * row)..<(7 * row + 7)].reduce(0, +)
                for (index, score) in scores.values.enumerated() {
                    #expect(abs(score - powers[7 * row + index] / sum) < 1e-9)
                }
            }
        }
        #expect(network.uncertainBelow(isKnown: false) == 0.75 && network.uncertainBelow(isKnown: true) == 0.7)
        #expect(network.scores([], isKnown: true).isEmpty)
    }

    @Test(arguments: [
        ("layers", "0"), ("layers", "7"), ("layers", "two"), ("layers", "-1"), ("labels", "angry"),
        ("calibration_temperature", "0"), ("uncertain_below_known", "nan"), ("share_of_alone", "-0.1"),
        ("usual_least_weight", "0"),
    ])
    func metadataThatDoNotFitAreRefused(key: String, value: String) throws {
        var small = SmallNetwork()
        small.metadata[key] = value
        let error = #expect(throws: WeightError.self) { try network(small) }
        guard case .invalidMetadata(_, key, value)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        small.metadata[key] = nil
        let missing = #expect(throws: WeightError.self) { try network(small) }
        guard case .missingMetadata(_, key)? = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
    }

    /// A block more than there is, and one that is not read.
    @Test func otherNumbersOfLayersAreRefused() throws {
        var small = SmallNetwork()
        small.metadata["layers"] = "3"
        let missing = #expect(throws: WeightError.self) { try network(small) }
        #expect("\(try #require(missing))".contains("encoder.blocks.2"))
        small.metadata["layers"] = "1"
        let surplus = #expect(throws: WeightError.self) { try network(small) }
        #expect("\(try #require(surplus))".contains("encoder.blocks.1"))
    }

    @Test func everyTensorIsNeeded() throws {
        for name in SmallNetwork().tensors.keys.sorted() {
            var small = SmallNetwork()
            small.tensors[name] = nil
            let error = #expect(throws: WeightError.self) { try network(small) }
            guard case .missingTensor(_, name)? = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test(arguments: [
        ("encoder.conv1.weight", [512, 241]), ("encoder.conv1.weight", [512, 80, 3]),
        ("encoder.conv2.first", [0, 1536]),
        ("encoder.conv2.first", [2049, 1536]), ("encoder.conv2.first", [8]), ("encoder.conv2.first", [8, 512]),
        ("encoder.conv2.second", [512, 9]), ("encoder.positions", [151, 512]),
        ("encoder.blocks.0.qkv.first", [0, 512]),
        ("encoder.blocks.1.qkv.second", [512, 16]), ("encoder.blocks.1.out.first", [2056, 512]),
        ("encoder.blocks.0.norm1.bias", [256]), ("encoder.blocks.1.narrowing.bias", [2048]),
        ("heads.alone.mean", [512]), ("heads.known.first.weight", [0, 1024]),
        ("heads.known.first.weight", [4096, 1024]),
        ("heads.known.first.bias", [17]), ("heads.alone.second.weight", [6, 16]),
    ])
    func tensorsOfOtherShapesAreRefused(name: String, dimensions: [Int]) throws {
        var small = SmallNetwork()
        small.tensors[name] = Tensor(zeros: Shape(dimensions))
        let error = #expect(throws: WeightError.self) { try network(small) }
        guard case .shapeMismatch(_, name, _, Shape(dimensions))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func whatIsNotReadIsRefused() throws {
        var small = SmallNetwork()
        small.tensors["encoder.surplus"] = Tensor(zeros: [2])
        #expect(throws: WeightError.self) { try network(small) }
    }
}

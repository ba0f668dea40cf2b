public import NetworkPlanning
public import Emotions
public import Imaging
public import TensorEngine
public import WeightFile

/// Scores the seven expressions on pictures of single faces: an EfficientNet with a two-layer head.
///
/// The network is planned when it is loaded: weights packed, kernels compiled for this
/// processor, buffers laid out. Nothing of
/// the plan changes afterwards, so one classifier may serve many tasks at once; each gets buffers of its own.
public struct EmotionClassifier: Sendable {
    public let specification: ModelSpecification
    package let network: PlannedNetwork

    /// Reads a weight file completely: its metadata says which network it holds, and no tensor may be left over.
    ///
    /// - Parameters:
    ///   - workers: the threads that share the work of a picture.
    ///   - kernels: `.automatic` compiles kernels for this processor; `.portable` never does.
    /// - Throws: ``WeightError`` naming the file and what is wrong with it.
    public init(
        contentsOf path: String, workers: WorkerPool = .shared, kernels: KernelChoice = .automatic
    ) throws(WeightError) {
        self = try WeightReader.read(path, sharedBy: workers) { file throws(WeightError) in
            EmotionClassifier(try LayeredClassifier(from: file, workers: workers), workers: workers, path: kernels.path)
        }
    }

    /// The same network as `layers`, planned for `path`.
    package init(_ layers: LayeredClassifier, workers: WorkerPool, path: KernelPath) {
        specification = layers.specification
        network = PlannedNetwork(
            layers.layers, input: MapShape(layers.specification.inputSize, channels: 3), workers: workers, path: path)
        blocks = 0..<layers.backbone.stages.joined().count
    }

    /// The numbers of the network's blocks, through all stages.
    package let blocks: Range<Int>

    /// What `block` gives the next one, and the features, of each picture: for training the layers behind them.
    ///
    /// - Parameter input: `[N, H, W, 3]` as ``ModelSpecification/input(from:)`` makes it.
    /// - Returns: `[N, h, w, channels]` and `[N, 1, 1, features]`, one behind the other for each picture.
    package func activations(after block: Int, for input: Tensor) -> [Float] {
        // The stem comes before the blocks, last convolution and pooling behind them.
        network.activations(after: [block + 1, blocks.count + 2], for: input)
    }

    /// The most crops that are prepared at a time: 26 MB at 260×260, however many people a picture shows.
    private static let largestBatch = 32

    /// Calibrated probabilities of the seven emotions for each crop, in one forward pass for up to 32 of them.
    ///
    /// - Parameter crops: each one face, of any size; see ``ModelSpecification`` for how they are prepared.
    /// - Returns: one set of probabilities a crop, in the same order, each summing to 1.
    public func classify(_ crops: [Image]) -> [EmotionScores] {
        stride(from: 0, to: crops.count, by: Self.largestBatch).flatMap { start in
            let batch = Array(crops[start..<min(start + Self.largestBatch, crops.count)])
            return scores(fromLogits: logits(for: specification.input(from: batch)))
        }
    }

    /// - Parameter input: `[N, H, W, 3]` as ``ModelSpecification/input(from:)`` makes it.
    /// - Returns: `[N, 7]` of the served head, in the order of the specification's labels.
    package func logits(for input: Tensor) -> Tensor { network(input) }

    /// Calibrated probabilities, sorted into the order of ``Emotion/allCases``.
    ///
    /// - Parameter logits: `[N, 7]`.
    package func scores(fromLogits logits: Tensor) -> [EmotionScores] {
        let labels = specification.labels
        let probabilities = specification.calibration.probabilities(ofLogits: logits).scalars
        return stride(from: 0, to: probabilities.count, by: labels.count).map { start in
            var scores = EmotionScores([:])
            for (offset, label) in labels.enumerated() { scores[label] = Double(probabilities[start + offset]) }
            return scores
        }
    }
}

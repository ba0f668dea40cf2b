public import Emotions
public import Imaging
public import TensorEngine
public import WeightFile

/// Scores the seven expressions on pictures of single faces: an EfficientNet with a two-layer head.
///
/// Immutable once loaded, so one classifier may serve many tasks at once.
public struct EmotionClassifier: Sendable {
    public let specification: ModelSpecification
    package let backbone: EfficientNet
    private let head: ClassificationHead

    /// Reads a weight file completely: its metadata says which network it holds, and no tensor may be left over.
    ///
    /// - Throws: ``WeightError`` naming the file and what is wrong with it.
    public init(contentsOf path: String) throws(WeightError) {
        let file = try WeightFile(contentsOf: path)
        specification = try ModelSpecification(of: file)
        let configuration = EfficientNetConfiguration(
            specification.variant, padding: specification.padding,
            batchNormEpsilon: specification.batchNormEpsilon)
        let widths = specification.headWidths
        guard widths[0] == configuration.features, widths[2] == specification.labels.count else {
            let value = widths.map(String.init).joined(separator: ",")
            throw .invalidMetadata(path: file.path, key: "head", value: value)
        }
        backbone = try EfficientNet(from: file.root.child("backbone"), configuration)
        head = try ClassificationHead(from: file.root.child("head"), widths: widths)
        try file.requireEverythingRead()
    }

    /// Calibrated probabilities of the seven emotions for each crop, in one forward pass.
    ///
    /// - Parameter crops: each one face, of any size; see ``ModelSpecification`` for how they are prepared.
    /// - Returns: one set of probabilities a crop, in the same order, each summing to 1.
    public func classify(_ crops: [Image]) -> [EmotionScores] {
        guard !crops.isEmpty else { return [] }
        return scores(fromLogits: logits(for: specification.input(from: crops)))
    }

    /// - Parameter input: `[N, H, W, 3]` as ``ModelSpecification/input(from:)`` makes it.
    /// - Returns: `[N, 7]`, in the order of the specification's labels.
    public func logits(for input: Tensor) -> Tensor { head(backbone(input)) }

    /// Softmax at the calibrated temperature, sorted into the order of ``Emotion/allCases``.
    ///
    /// - Parameter logits: `[N, 7]`.
    public func scores(fromLogits logits: Tensor) -> [EmotionScores] {
        let labels = specification.labels
        let probabilities = logits.softmax(temperature: specification.calibrationTemperature).scalars
        return stride(from: 0, to: probabilities.count, by: labels.count).map { start in
            var scores = EmotionScores([:])
            for (offset, label) in labels.enumerated() { scores[label] = Double(probabilities[start + offset]) }
            return scores
        }
    }
}

public import Emotions
package import NeuralLayers
package import TensorEngine
package import WeightFile

/// What a weight file says about itself: how its input must be prepared and what its outputs mean.
///
/// Read from the file's metadata; nothing of it is assumed by the code.
public struct ModelSpecification: Sendable {
    public let name: String
    public let version: String
    /// SHA-256 of the tensors, hexadecimal.
    public let sha256: String
    package let variant: EfficientNetVariant
    package let padding: PaddingRule
    package let batchNormEpsilon: Float
    package let inputSize: Size
    /// Subtracted from each colour after scaling to 0…1: red, green, blue.
    package let mean: [Float]
    /// Each colour is divided by this afterwards.
    package let standardDeviation: [Float]
    /// The emotion of each output.
    public let labels: [Emotion]
    /// Widths of the head, from the backbone's features to the outputs.
    package let headWidths: [Int]
    /// How logits become probabilities.
    public let calibration: Calibration
    /// An answer whose calibrated probability is below this is a guess: called uncertain.
    public let uncertainBelow: Double
    /// What is done to the colours of a crop.
    package let colorTreatment: ColorTreatment
    /// Every head that the file holds.
    package let heads: [HeadKind]
    /// The head whose answers are given.
    package let servedHead: HeadKind

    /// - Throws: ``WeightError/missingMetadata(path:key:)`` or ``WeightError/invalidMetadata(path:key:value:)``.
    package init(of file: WeightReader) throws(WeightError) {
        let metadata = ModelMetadata(file: file)
        name = try metadata.text("name")
        version = try metadata.text("version")
        sha256 = try metadata.text("sha256")
        variant = try metadata.value("architecture", EfficientNetVariant.init(architecture:))
        padding = try metadata.value("padding", PaddingRule.init(rawValue:))
        batchNormEpsilon = try metadata.value("batch_norm_epsilon") { Float($0).flatMap { $0 > 0 ? $0 : nil } }
        inputSize = Size(
            height: try metadata.value("input_height", Self.side), width: try metadata.value("input_width", Self.side))
        mean = try metadata.list("mean", count: 3, Float.init)
        standardDeviation = try metadata.list("std", count: 3) { Float($0).flatMap { $0 > 0 ? $0 : nil } }
        labels = try metadata.list("labels", count: Emotion.allCases.count, Emotion.init(rawValue:))
        headWidths = try metadata.list("head", count: 3) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
        let outputs = labels.count
        calibration = try metadata.value("calibration_temperature") { Calibration(text: $0, outputs: outputs) }
        uncertainBelow = try metadata.value("uncertain_below") {
            Double($0).flatMap { (0...1).contains($0) ? $0 : nil }
        }
        colorTreatment = try metadata.value("color", ColorTreatment.init(rawValue:))
        heads = try metadata.value("heads") { text in
            let names = text.split(separator: ",", omittingEmptySubsequences: false)
            let heads = names.compactMap { HeadKind(rawValue: String($0)) }
            return heads.count == names.count && Set(heads).count == heads.count ? heads : nil
        }
        let present = heads
        servedHead = try metadata.value("served_head") { text in present.first { $0.rawValue == text } }
        // One resampling is known; a file that asks for another must not be misread.
        _ = try metadata.value("resampling") { $0 == "pillow-bilinear" ? $0 : nil }
        guard Set(labels).count == labels.count else {
            throw WeightError.invalidMetadata(
                path: file.path, key: "labels", value: labels.map(\.rawValue).joined(separator: ","))
        }
    }

    /// Whether the best answer of `scores` is too improbable to be more than a guess.
    public func isUncertain(_ scores: EmotionScores) -> Bool { scores[scores.dominant] < uncertainBelow }

    /// Sides from one pixel to four times those of B4.
    private static func side(_ text: String) -> Int? { Int(text).flatMap { (1...1520).contains($0) ? $0 : nil } }
}

/// What a head of the network was trained to answer; a weight file's metadata lists those that it holds.
package enum HeadKind: String, Sendable, Hashable {
    /// FER2013's own labels: one person's judgement of each picture.
    case fer2013
    /// FER+'s votes of ten people, over the seven expressions.
    case ferPlus = "ferplus"

    /// Where the head's layers stand in a weight file.
    var scopeName: String {
        switch self {
        case .fer2013: "head"
        case .ferPlus: "head_ferplus"
        }
    }
}

/// What is done to the colours of a face crop before the network sees it; a weight file's metadata names it.
///
/// The network learned from gray pictures and some coloured ones; which treatment suits it is measured, not assumed.
package enum ColorTreatment: String, Sendable, Hashable, CaseIterable {
    /// Nothing: red, green and blue as they are.
    case rgb
    /// The brightness in all three channels, as Pillow's `convert("L")` gives it.
    case gray
    /// As ``gray``, and as coarse as FER2013's pictures: sides above 48 pixels are reduced to 48.
    case coarseGray = "gray-48"
}

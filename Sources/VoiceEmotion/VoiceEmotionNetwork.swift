import Emotions
import ModelWeights
public import TensorEngine
public import WeightFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Scores seven emotions on three seconds of a voice: a convolutional network over a log-mel spectrogram.
///
/// A score says what acted speech of that name sounded like, never what a person feels. Never changes, so one may serve many tasks
/// at once.
public struct VoiceEmotionNetwork: Sendable {
    public let name: String
    public let version: String
    /// An answer whose score is below this is a guess.
    public let uncertainBelow: Double
    private let temperature: Double
    private let layers: VoiceLayers

    /// Reads a weight file completely.
    ///
    /// - Throws: ``WeightError`` naming the file and what is wrong with it.
    public init(contentsOf path: String, workers: WorkerPool = .shared) throws(WeightError) {
        self = try WeightReader.read(path, sharedBy: workers) { file throws(WeightError) in
            let network = try VoiceEmotionNetwork(file)
            try file.requireEverythingRead()
            return network
        }
    }

    private init(_ file: WeightReader) throws(WeightError) {
        func number(_ key: String, _ allowed: ClosedRange<Double>) throws(WeightError) -> Double {
            let text = try file.value(key)
            guard let number = Double(text), allowed.contains(number) else {
                throw .invalidMetadata(path: file.path, key: key, value: text)
            }
            return number
        }
        name = try file.value("name")
        version = try file.value("version")
        let labels = try file.value("labels")
        guard labels == Emotion.allCases.map(\.rawValue).joined(separator: ",") else {
            throw .invalidMetadata(path: file.path, key: "labels", value: labels)
        }
        temperature = try number("calibration_temperature", 0.01...100)
        uncertainBelow = try number("uncertain_below", 0...1)
        layers = try VoiceLayers(from: file.root)
    }

    /// Logits of windows that are normalised already.
    ///
    /// - Parameter windows: `[N, 64, 240, 2]`.
    /// - Returns: `[N, 7]`.
    package func logits(_ windows: Tensor) -> Tensor { layers(windows) }

    /// Calibrated scores of each window.
    func scores(_ windows: [VoiceWindow], usual: [Float]?) -> [EmotionScores] {
        guard !windows.isEmpty else { return [] }
        let logits = logits(VoiceWindow.input(windows, usual: usual)).scalars.map { Double($0) / temperature }
        return windows.indices.map { index in
            let values = logits[(index * VoiceLayers.classes)..<((index + 1) * VoiceLayers.classes)]
            let highest = values.max() ?? 0
            let powers = values.map { exp($0 - highest) }
            let sum = powers.reduce(0, +)
            return EmotionScores(powers.map { $0 / sum })
        }
    }
}

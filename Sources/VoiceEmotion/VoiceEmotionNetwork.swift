import Emotions
import ModelWeights
package import NetworkPlanning
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
    private let alone: Calibration
    private let known: Calibration
    private let layers: VoiceLayers
    private let statistics: StatisticsNetworks

    /// How logits become scores, and below which score an answer is a guess.
    private struct Calibration: Sendable {
        let temperature: Double
        let uncertainBelow: Double
    }

    /// An answer whose score is below this is a guess.
    ///
    /// - Parameter isKnown: whether the speaker's usual voice was known.
    public func uncertainBelow(isKnown: Bool) -> Double { (isKnown ? known : alone).uncertainBelow }

    /// Reads a weight file completely.
    ///
    /// - Throws: ``WeightError`` naming the file and what is wrong with it.
    public init(contentsOf path: String, workers: WorkerPool = .shared) throws(WeightError) {
        try self.init(contentsOf: path, workers: workers, path: .best)
    }

    package init(
        contentsOf path: String, workers: WorkerPool = .shared, path kernels: KernelPath
    ) throws(WeightError) {
        self = try WeightReader.read(path, sharedBy: workers) { file throws(WeightError) in
            let network = try VoiceEmotionNetwork(file, workers, kernels)
            try file.requireEverythingRead()
            return network
        }
    }

    private init(_ file: WeightReader, _ workers: WorkerPool, _ kernels: KernelPath) throws(WeightError) {
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
        func calibration(_ suffix: String) throws(WeightError) -> Calibration {
            Calibration(
                temperature: try number("calibration_temperature" + suffix, 0.01...100),
                uncertainBelow: try number("uncertain_below" + suffix, 0...1))
        }
        alone = try calibration("")
        known = try calibration("_known")
        layers = try VoiceLayers(from: file.root, workers: workers, path: kernels)
        statistics = try StatisticsNetworks(from: file.root.child("statistics"))
    }

    /// Logits of windows that are normalised already.
    ///
    /// - Parameter windows: `[N, 64, 240, 2]`.
    /// - Returns: `[N, 7]`.
    package func logits(_ windows: Tensor) -> Tensor { layers(windows) }

    /// What part of its layer each step of the convolutional network is, for tests.
    package var parts: [String] { layers.parts }

    /// What the networks on statistics say, `[N, 7]` row by row.
    package func statisticsLogits(_ statistics: [[Double]], usual: [Double]?) -> [Float] {
        self.statistics.logits(statistics, usual: usual)
    }

    /// Calibrated scores of each window: of the sum of what both kinds of networks say.
    func scores(_ windows: [SpokenWindow], usual: UsualVoice?) -> [EmotionScores] {
        guard !windows.isEmpty else { return [] }
        let heard = logits(VoiceWindow.input(windows.map(\.window), usual: usual?.spectrum)).scalars
        let counted = statisticsLogits(windows.map(\.statistics), usual: usual?.statistics)
        let temperature = (usual == nil ? alone : known).temperature
        let logits = zip(heard, counted).map { Double($0 + $1) / temperature }
        return windows.indices.map { index in
            let values = logits[(index * VoiceLayers.classes)..<((index + 1) * VoiceLayers.classes)]
            let highest = values.max() ?? 0
            let powers = values.map { exp($0 - highest) }
            let sum = powers.reduce(0, +)
            return EmotionScores(powers.map { $0 / sum })
        }
    }
}

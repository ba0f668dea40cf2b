import Emotions
import ModelWeights
package import NetworkPlanning
public import TensorEngine
import TransformerLayers
public import WeightFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Scores seven emotions on three seconds of a voice: what the first layers of a speech recogniser hear in a spectrogram, and small
/// networks on that.
///
/// A score says what acted speech of that name sounded like, never what a person feels. Never changes, so one may serve many tasks
/// at once.
public struct VoiceEmotionNetwork: Sendable {
    public let name: String
    public let version: String
    private let alone: Answer
    private let known: Answer
    private let workers: WorkerPool
    private let passes: IdlePasses<VoiceEncoderPass>

    /// Rows that go through a head at once.
    private static let rowsAtOnce = 256

    /// A head, how logits become scores where it is asked, and below which score an answer is a guess.
    private struct Answer: Sendable {
        let head: VoiceHead
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
        func answer(_ name: String, _ suffix: String) throws(WeightError) -> Answer {
            Answer(
                head: try VoiceHead(file, "heads." + name),
                temperature: try number("calibration_temperature" + suffix, 0.01...100),
                uncertainBelow: try number("uncertain_below" + suffix, 0...1))
        }
        alone = try answer("alone", "")
        known = try answer("known", "_known")
        let plan = VoiceEncoderPlan.make(try VoiceEncoderWeights(file), path: kernels)
        self.workers = workers
        passes = IdlePasses(most: workers.threads) { VoiceEncoderPass(plan) }
    }

    /// How many windows the encoder should be given at once: some for each thread.
    var windowsAtOnce: Int { 4 * workers.threads }

    /// What the encoder finds in each window: mean and deviation of its channels, 1,024 numbers.
    ///
    /// - Parameter windows: `[300, 80]` each, as ``VoiceSpectrum`` gives them.
    package func features(_ windows: [[Float]]) -> [[Float]] {
        workers.map(windows.count) { index in passes.use { $0.features(windows[index]) } }
    }

    /// What the heads make of that, `[N, 7]` row by row: that of the windows alone, and added to it, where the speaker's usual voice is
    /// known, that of how they differ from it.
    ///
    /// - Parameter usual: the features' mean over the recording; nil where nothing is known of the speaker.
    package func logits(_ features: [[Float]], usual: [Float]?) -> [Float] {
        stride(from: 0, to: features.count, by: Self.rowsAtOnce).flatMap { first in
            let rows = features[first..<min(first + Self.rowsAtOnce, features.count)]
            let heard = alone.head.logits(rows, usual: nil)
            guard let usual else { return heard }
            return zip(heard, known.head.logits(rows, usual: usual)).map { $0 + $1 }
        }
    }

    /// Calibrated scores of each window.
    ///
    /// - Parameters:
    ///   - features: of all windows of a recording, as ``features(_:)`` gives them.
    ///   - isKnown: whether each is heard beside their mean.
    func scores(_ features: [[Float]], isKnown: Bool) -> [EmotionScores] {
        guard !features.isEmpty else { return [] }
        let logits = logits(features, usual: isKnown ? Self.mean(features) : nil)
        let temperature = (isKnown ? known : alone).temperature
        return features.indices.map { index in
            let values = logits[(index * VoiceHead.classes)..<((index + 1) * VoiceHead.classes)].map {
                Double($0) / temperature
            }
            let highest = values.max() ?? 0
            let powers = values.map { exp($0 - highest) }
            let sum = powers.reduce(0, +)
            return EmotionScores(powers.map { $0 / sum })
        }
    }

    /// What the features of a recording are on average.
    package static func mean(_ rows: [[Float]]) -> [Float] {
        var sums = [Double](repeating: 0, count: rows[0].count)
        for row in rows { for index in sums.indices { sums[index] += Double(row[index]) } }
        return sums.map { Float($0 / Double(rows.count)) }
    }
}

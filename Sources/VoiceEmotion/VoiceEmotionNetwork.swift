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
    private let usualVoice: UsualVoice
    /// How much the first head's logits count where the second one's are there too.
    private let shareOfAlone: Float
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
        shareOfAlone = Float(try number("share_of_alone", 0...1))
        usualVoice = UsualVoice(leastWeight: try number("usual_least_weight", 0.001...1))
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

    /// What the heads make of that, `[N, 7]` row by row: the first head's logits of what is heard, or those of the second head of how
    /// it differs from what the speaker usually sounds like, and a share of the first one's.
    ///
    /// - Parameters:
    ///   - features: of all windows of a recording, as ``features(_:)`` gives them.
    ///   - isKnown: whether the recording tells what its speaker usually sounds like.
    package func logits(_ features: [[Float]], isKnown: Bool) -> [Float] {
        let heard = logits(alone.head, features.count) { features[$0] }
        guard isKnown else { return heard }
        let neutral = features.indices.map { Self.scores(of: $0, heard, temperature: 1)[.neutral] }
        let usual = usualVoice.around(features, neutral: neutral)
        let differing = logits(known.head, features.count) { usual.difference(at: $0) }
        return zip(heard, differing).map { shareOfAlone * $0 + $1 }
    }

    private func logits(_ head: VoiceHead, _ count: Int, row: (Int) -> [Float]) -> [Float] {
        stride(from: 0, to: count, by: Self.rowsAtOnce).flatMap { first in
            head.logits((first..<min(first + Self.rowsAtOnce, count)).map(row))
        }
    }

    /// Calibrated scores of each window; parameters as of ``logits(_:isKnown:)``.
    func scores(_ features: [[Float]], isKnown: Bool) -> [EmotionScores] {
        let logits = logits(features, isKnown: isKnown)
        let temperature = (isKnown ? known : alone).temperature
        return features.indices.map { Self.scores(of: $0, logits, temperature: temperature) }
    }

    private static func scores(of row: Int, _ logits: [Float], temperature: Double) -> EmotionScores {
        let values = logits[(row * VoiceHead.classes)..<((row + 1) * VoiceHead.classes)].map {
            Double($0) / temperature
        }
        let highest = values.max() ?? 0
        let powers = values.map { exp($0 - highest) }
        let sum = powers.reduce(0, +)
        return EmotionScores(powers.map { $0 / sum })
    }
}

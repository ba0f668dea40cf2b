import ModelWeights
public import TensorEngine
public import VoiceAnalysis
import WeightFile

/// Scores seven emotions along a recorded voice, three seconds at a time.
///
/// ```swift
/// let sound = try WaveReader.read(bytes)
/// let scorer = try VoiceEmotionScorer()
/// if let emotions = scorer.score(sound) { print(emotions.dominantEmotion, emotions.uncertain) }
/// ```
public struct VoiceEmotionScorer: Sendable {
    package let network: VoiceEmotionNetwork

    /// Seconds of speech below which a window is not scored.
    static let leastSpeech = 0.3
    /// Seconds of speech from which on a recording tells what its speaker usually sounds like.
    static let usualSpeech = 20.0
    /// Frames from one window to the next: half of one.
    private static let hop = VoiceWindow.frames / 2
    /// Windows that go through the network at once.
    private static let batch = 8

    /// Where the bundled weight file lies, or should lie first of all.
    public static func weightPath(in search: WeightSearch = WeightSearch()) -> String {
        BundledModel.voiceEmotion.path(in: search)
    }

    /// Loads the bundled network.
    ///
    /// - Throws: ``VoiceEmotionError`` naming the file and what is wrong with it.
    public init(in search: WeightSearch = WeightSearch(), workers: WorkerPool = .shared) throws(VoiceEmotionError) {
        guard let path = search.find(.voiceEmotion) else {
            throw .missingWeights(file: BundledModel.voiceEmotion.file, search: search)
        }
        try self.init(contentsOf: path, workers: workers)
    }

    /// Loads a network from a file.
    public init(contentsOf path: String, workers: WorkerPool = .shared) throws(VoiceEmotionError) {
        do throws(WeightError) {
            network = try VoiceEmotionNetwork(contentsOf: path, workers: workers)
        } catch {
            throw .weights(error)
        }
    }

    /// What the voice sounds like, in the whole and in windows that overlap by half.
    ///
    /// With 20 s of speech and more, each window is also compared with what the speaker usually sounds like in this recording.
    ///
    /// - Parameters:
    ///   - sound: one person's voice, at any rate; it is resampled to 16,000 samples a second.
    ///   - activity: when somebody speaks; found here where it is not known.
    /// - Returns: nil where nobody speaks for 0.3 s of any window.
    /// - Complexity: O(n); besides the resampled sound, memory for a few windows and the results.
    public func score(_ sound: Sound, activity: SpeechActivity? = nil) -> VoiceEmotions? {
        let sound = Resampler.resample(sound, to: LogMelSpectrum.rate)
        let activity = activity ?? SpeechActivity(sound)
        let spectrum = LogMelSpectrum(sound)
        let spoken = Self.ranges(of: spectrum.count).compactMap { range -> (range: Range<Int>, speaking: Double)? in
            let speaking = activity.speakingTime(
                from: Self.seconds(range.lowerBound), to: Self.seconds(range.upperBound))
            return speaking >= Self.leastSpeech ? (range, speaking) : nil
        }
        let usual =
            activity.speakingTime >= Self.usualSpeech
            ? Self.usualSpectrum(spoken.lazy.map { Self.window(spectrum, $0.range) }) : nil
        var windows: [VoiceEmotions.Window] = []
        windows.reserveCapacity(spoken.count)
        for first in stride(from: 0, to: spoken.count, by: Self.batch) {
            let batch = spoken[first..<min(first + Self.batch, spoken.count)]
            let scores = network.scores(batch.map { Self.window(spectrum, $0.range) }, usual: usual)
            for (window, scores) in zip(batch, scores) {
                windows.append(
                    VoiceEmotions.Window(
                        start: Self.seconds(window.range.lowerBound),
                        end: min(Self.seconds(window.range.upperBound), sound.duration), speaking: window.speaking,
                        emotions: scores, uncertainBelow: network.uncertainBelow))
            }
        }
        return VoiceEmotions(windows, uncertainBelow: network.uncertainBelow)
    }

    /// The frames of each window: half overlapping, the last one at the end; one that is shorter where there are fewer frames.
    static func ranges(of count: Int) -> [Range<Int>] {
        guard count > VoiceWindow.frames else { return [0..<count] }
        let last = count - VoiceWindow.frames
        return (Array(stride(from: 0, to: last, by: hop)) + [last]).map { $0..<($0 + VoiceWindow.frames) }
    }

    /// The log-mel frames of a window; fewer than it wants lie in its middle, silence around them.
    static func window(_ spectrum: LogMelSpectrum, _ range: Range<Int>) -> VoiceWindow {
        let missing = VoiceWindow.frames - range.count
        let silence = { [Float](repeating: LogMelSpectrum.silence, count: $0 * LogMelSpectrum.bands) }
        return VoiceWindow(silence(missing / 2) + spectrum.frames(range) + silence(missing - missing / 2))
    }

    /// Of each band the mean over the loud frames of all windows.
    private static func usualSpectrum(_ windows: some Sequence<VoiceWindow>) -> [Float] {
        var sums = [Double](repeating: 0, count: VoiceWindow.bands)
        var frames = 0
        for window in windows {
            frames += window.loudFrames
            for band in sums.indices { sums[band] += Double(window.loudMean[band]) * Double(window.loudFrames) }
        }
        return sums.map { Float($0 / Double(max(frames, 1))) }
    }

    private static func seconds(_ frame: Int) -> Double {
        Double(frame * LogMelSpectrum.step) / Double(LogMelSpectrum.rate)
    }
}

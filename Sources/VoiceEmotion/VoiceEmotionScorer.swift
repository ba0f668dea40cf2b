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
    /// Samples that are taken of a sound at once.
    private static let piece = 1 << 18

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
    ///   - heard: what a ``VoiceMeter`` heard of it; heard here where it is not given.
    /// - Returns: nil where nobody speaks for 0.3 s of any window.
    /// - Complexity: O(n); besides the sound, memory for a few windows, and 4 KB for each that is scored.
    public func score(_ sound: Sound, heard: MeasuredVoice? = nil) -> VoiceEmotions? {
        score(heard ?? VoiceAnalyzer.hear(sound)) { take in
            for begin in stride(from: 0, to: sound.samples.count, by: Self.piece) {
                take(Array(sound.samples[begin..<min(begin + Self.piece, sound.samples.count)]), sound.rate)
            }
        }
    }

    /// What the voice of a sound that is not held sounds like, as ``score(_:heard:)``.
    ///
    /// - Parameters:
    ///   - heard: what a ``VoiceMeter`` heard of it.
    ///   - pieces: gives the sound from its beginning, piece by piece with the samples a second; called once.
    /// - Throws: what `pieces` throws.
    /// - Complexity: O(n); memory for a few windows, and 4 KB for each that is scored.
    public func score<Failure: Error>(
        _ heard: MeasuredVoice, pieces: (_ take: (_ samples: [Float], _ rate: Int) -> Void) throws(Failure) -> Void
    ) throws(Failure) -> VoiceEmotions? {
        let spoken = try windows(of: heard, pieces: pieces)
        let isKnown = heard.activity.speakingTime >= Self.usualSpeech
        let uncertainBelow = network.uncertainBelow(isKnown: isKnown)
        let scores = network.scores(spoken.map(\.features), isKnown: isKnown)
        let windows = zip(spoken, scores).map { window, scores in
            VoiceEmotions.Window(
                start: LogMelSpectrum.seconds(window.frames.lowerBound),
                end: min(LogMelSpectrum.seconds(window.frames.upperBound), heard.measurements.duration),
                speaking: window.speaking, emotions: scores, uncertainBelow: uncertainBelow)
        }
        return VoiceEmotions(windows, uncertainBelow: uncertainBelow)
    }

    /// The windows with speech in the order of time.
    private func windows<Failure: Error>(
        of heard: MeasuredVoice, pieces: (_ take: (_ samples: [Float], _ rate: Int) -> Void) throws(Failure) -> Void
    ) throws(Failure) -> [SpokenWindow] {
        var spoken: [SpokenWindow] = []
        var waiting: [(frames: Range<Int>, speaking: Double, power: [Float])] = []
        func listen() {
            for (window, features) in zip(waiting, network.features(waiting.map(\.power))) {
                spoken.append(SpokenWindow(frames: window.frames, speaking: window.speaking, features: features))
            }
            waiting.removeAll()
        }
        func take(_ frames: Range<Int>, _ speaking: Double, _ power: [Float]) {
            waiting.append((frames, speaking, power))
            if waiting.count == network.windowsAtOnce { listen() }
        }
        var resampler: ResamplerStream?
        var spectra = SpokenSpectra(heard.activity, leastSpeech: Self.leastSpeech)
        try pieces { samples, rate in
            if resampler == nil { resampler = ResamplerStream(from: rate, to: LogMelSpectrum.rate) }
            // As in `Sound`: what is no number is silence.
            let numbers = samples.map { $0.isFinite ? $0 : 0 }
            if let speech = resampler?.add(numbers) { spectra.add(speech, take) }
        }
        if let rest = resampler?.finish() { spectra.add(rest, take) }
        spectra.finish(take)
        listen()
        return spoken
    }
}

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
    /// Windows that go through the network at once.
    private static let batch = 8
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
    /// - Complexity: O(n); besides the sound, memory for a few windows and the results.
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
    ///   - pieces: gives the sound from its beginning, piece by piece with the samples a second, each time it is called: twice
    ///     where there is much speech.
    /// - Throws: what `pieces` throws.
    public func score<Failure: Error>(
        _ heard: MeasuredVoice, pieces: (_ take: (_ samples: [Float], _ rate: Int) -> Void) throws(Failure) -> Void
    ) throws(Failure) -> VoiceEmotions? {
        var usual: UsualVoice?
        if heard.activity.speakingTime >= Self.usualSpeech {
            var mean = UsualVoice.Mean()
            try Self.eachSpoken(heard, pieces: pieces) { mean.add($0) }
            usual = mean.voice
        }
        var windows: [VoiceEmotions.Window] = []
        var batch: [SpokenWindow] = []
        func scoreBatch() {
            let scores = network.scores(batch, usual: usual)
            for (window, scores) in zip(batch, scores) {
                windows.append(
                    VoiceEmotions.Window(
                        start: LogMelSpectrum.seconds(window.frames.lowerBound),
                        end: min(
                            LogMelSpectrum.seconds(window.frames.upperBound), heard.measurements.duration),
                        speaking: window.speaking, emotions: scores,
                        uncertainBelow: network.uncertainBelow(isKnown: usual != nil)))
            }
            batch.removeAll()
        }
        try Self.eachSpoken(heard, pieces: pieces) { window in
            batch.append(window)
            if batch.count == Self.batch { scoreBatch() }
        }
        scoreBatch()
        return VoiceEmotions(windows, uncertainBelow: network.uncertainBelow(isKnown: usual != nil))
    }

    /// The windows with speech in the order of time.
    private static func eachSpoken<Failure: Error>(
        _ heard: MeasuredVoice, pieces: (_ take: (_ samples: [Float], _ rate: Int) -> Void) throws(Failure) -> Void,
        _ visit: @escaping (SpokenWindow) -> Void
    ) throws(Failure) {
        var resampler: ResamplerStream?
        var spectrum = LogMelWindows()
        func take(_ frames: Range<Int>, _ power: [Float]) {
            let speaking = heard.activity.speakingTime(
                from: LogMelSpectrum.seconds(frames.lowerBound), to: LogMelSpectrum.seconds(frames.upperBound))
            guard speaking >= leastSpeech else { return }
            visit(
                SpokenWindow(frames: frames, speaking: speaking, power: power, tones: heard.pitch.tones(at: frames)))
        }
        try pieces { samples, rate in
            if resampler == nil { resampler = ResamplerStream(from: rate, to: LogMelSpectrum.rate) }
            if let speech = resampler?.add(samples) { spectrum.add(speech, take) }
        }
        if let rest = resampler?.finish() { spectrum.add(rest, take) }
        spectrum.finish(take)
    }
}

/// When somebody speaks, told by energy, and the silences in between.
///
/// A window is sounding where its intensity is within 25 dB of the loud ones' and above the noise between them. Sounds shorter
/// than a tenth of a second are part of the silence around them, and silences shorter than `shortestPause` part of the speech.
/// - Source: Praat 6.4, "Sound: To TextGrid (silences)…"; the loud ones' level as the 99 % quantile of de Jong and Wempe, 2009.
public struct SpeechActivity: Hashable, Sendable {
    /// A stretch of time in seconds.
    public struct Stretch: Hashable, Sendable, Codable {
        public let start: Double
        public let end: Double
        public var duration: Double { end - start }

        public init(start: Double, end: Double) {
            self.start = start
            self.end = end
        }
    }

    /// In the order of time.
    public let speech: [Stretch]
    /// The silences between two stretches of speech.
    public let pauses: [Stretch]

    /// Seconds from which on a silence is a pause; shorter ones are stops of consonants and breaths.
    public static let shortestPause = 0.3
    private static let shortestSound = 0.1
    private static let range = 25.0

    init(_ curve: IntensityCurve, duration: Double) {
        guard let loud = curve.quantile(0.99), let quiet = curve.quantile(0.02), loud > Self.least else {
            self.init(speech: [])
            return
        }
        // In a noisy room the noise lies within 25 dB of the voice.
        let threshold = max(loud - Self.range, min(quiet + 6, loud - 6))
        var stretches: [Stretch] = []
        var begin: Double?
        for frame in curve.decibels.indices {
            let isLoud = curve.decibels[frame] >= threshold
            if isLoud, begin == nil { begin = frame == 0 ? 0 : Self.crossing(curve, frame, threshold) }
            if !isLoud, let start = begin {
                stretches.append(Stretch(start: start, end: Self.crossing(curve, frame, threshold)))
                begin = nil
            }
        }
        if let begin { stretches.append(Stretch(start: begin, end: duration)) }
        // As in Praat, first short sounds are taken out, then short silences.
        var joined: [Stretch] = []
        for stretch in stretches where stretch.duration >= Self.shortestSound {
            if let last = joined.last, stretch.start - last.end < Self.shortestPause {
                joined[joined.count - 1] = Stretch(start: last.start, end: stretch.end)
            } else {
                joined.append(stretch)
            }
        }
        self.init(speech: joined)
    }

    private init(speech: [Stretch]) {
        self.speech = speech
        pauses = zip(speech, speech.dropFirst()).map { Stretch(start: $0.end, end: $1.start) }
    }

    /// What of it lies within `voices`, which are in the order of time and do not touch; sounds that are too short then do not
    /// count.
    func within(_ voices: [Stretch]) -> SpeechActivity {
        SpeechActivity(
            speech: speech.flatMap { stretch in
                voices.compactMap { voice in
                    let part = Stretch(start: max(stretch.start, voice.start), end: min(stretch.end, voice.end))
                    return part.duration >= Self.shortestSound ? part : nil
                }
            })
    }

    /// What ``VoiceAnalyzer`` finds in the same sound, of 16,000 samples a second.
    package init(_ sound: Sound) {
        self.init(IntensityCurve(sound, lowestPitch: Self.lowestPitch), duration: sound.duration)
    }

    /// Hertz, for the windows of ``IntensityCurve``.
    static let lowestPitch = 100.0

    /// Decibels of the loudest below which nobody speaks: −60 dB of full scale.
    private static let least = 34.0

    /// Where the level is passed between this window and the one before.
    private static func crossing(_ curve: IntensityCurve, _ frame: Int, _ threshold: Double) -> Double {
        let (before, after) = (curve.decibels[frame - 1], curve.decibels[frame])
        let share = after == before ? 0.5 : (threshold - before) / (after - before)
        return curve.time(frame - 1) + min(max(share, 0), 1) * curve.step
    }

    /// Seconds.
    public var speakingTime: Double { speech.reduce(0) { $0 + $1.duration } }

    /// Seconds of speech between two times.
    package func speakingTime(from begin: Double, to end: Double) -> Double {
        speech.reduce(0) { $0 + max(0, min($1.end, end) - max($1.start, begin)) }
    }

    func isSpeech(at time: Double) -> Bool {
        var (low, high) = (0, speech.count)
        while low < high {
            let middle = (low + high) / 2
            if speech[middle].end < time { low = middle + 1 } else { high = middle }
        }
        return low < speech.count && speech[low].start <= time
    }
}

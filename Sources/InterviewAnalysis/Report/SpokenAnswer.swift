import VoiceAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How one answer was spoken, or a whole session: from the voice's measurements second by second.
///
/// Whoever is heard is counted, the interviewee or not: a recording of one person is meant.
public struct SpokenAnswer: Codable, Sendable, Hashable {
    /// The words of the question; nil for the whole session.
    public let label: String?
    /// Seconds since the session began.
    public let start: Double
    public let end: Double
    /// Seconds with speech.
    public let speakingSeconds: Double
    /// Silences of 0.3 s and more between two words of it.
    public let pauses: Int
    public let longestPause: Double?
    /// Of the time from its first to its last word, the pauses' share; 0 where nobody speaks.
    public let pauseShare: Double
    /// Syllables a second from its first to its last word; nil below ``leastSpeech``.
    public let speechRate: Double?
    /// Semitones between the lowest and the highest tenth of its seconds; nil with fewer than ten that have a pitch.
    public let melody: Double?
    /// LU by which the last third of its spoken seconds is louder than the first; nil with fewer than nine.
    public let loudnessChange: Double?
    /// What acted emotions it sounded like; nil where no model listened, or nobody spoke.
    public let sound: VoiceSound?

    /// Seconds of speech from which a pace is told.
    package static let leastSpeech = 3.0
    /// LU between beginning and end that are told: the least that listeners notice in running speech is about 3.
    static let audibleChange = 4.0

    enum CodingKeys: String, CodingKey {
        case label, start, end, pauses, melody, sound
        case speakingSeconds = "speaking_seconds"
        case longestPause = "longest_pause"
        case pauseShare = "pause_share"
        case speechRate = "speech_rate"
        case loudnessChange = "loudness_change"
    }

    /// - Complexity: O(seconds + pauses).
    init(
        label: String?, from start: Double, to end: Double, of voice: VoiceMeasurements, emotions: VoiceEmotions? = nil
    ) {
        // A second belongs to the answer in which its middle lies.
        let seconds = voice.course.filter { (start..<end).contains($0.time + 0.5) }
        let spoken = seconds.filter { $0.speaking > 0 }
        let first = spoken.first?.time ?? start
        let last = (spoken.last?.time ?? start) + 1
        let pauses = voice.pauses.filter { $0.start >= first && $0.end <= last }
        let speaking = spoken.reduce(0) { $0 + $1.speaking }
        let syllables = spoken.reduce(0) { $0 + $1.syllables }
        let between = speaking + pauses.reduce(0) { $0 + $1.duration }
        self.label = label
        self.start = start
        self.end = end
        self.pauses = pauses.count
        speakingSeconds = speaking
        longestPause = pauses.map(\.duration).max()
        pauseShare = between > 0 ? pauses.reduce(0) { $0 + $1.duration } / between : 0
        speechRate = speaking >= Self.leastSpeech ? Double(syllables) / between : nil
        melody = Self.melody(of: spoken.compactMap(\.pitch))
        loudnessChange = Self.change(of: spoken.compactMap(\.loudness))
        sound = emotions.flatMap { VoiceSound(of: $0, from: start, to: end) }
    }

    private static func melody(of pitches: [Double]) -> Double? {
        guard pitches.count >= 10 else { return nil }
        return 12 * log2(Statistics.quantile(pitches, 0.9) / Statistics.quantile(pitches, 0.1))
    }

    private static func change(of loudness: [Double]) -> Double? {
        let third = loudness.count / 3
        guard third >= 3 else { return nil }
        return Statistics.median(Array(loudness.suffix(third))) - Statistics.median(Array(loudness.prefix(third)))
    }

    /// One for each question in their order, or one of the whole session where none was marked.
    static func answers(
        of voice: VoiceMeasurements, emotions: VoiceEmotions?, summary: SessionSummary
    ) -> [SpokenAnswer] {
        guard !summary.questions.isEmpty else {
            return [SpokenAnswer(label: nil, from: 0, to: voice.duration, of: voice, emotions: emotions)]
        }
        return summary.questions.map {
            SpokenAnswer(label: $0.label, from: $0.start, to: $0.end, of: voice, emotions: emotions)
        }
    }
}

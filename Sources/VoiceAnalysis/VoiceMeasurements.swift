/// What can be measured of a recorded voice without any model.
///
/// Pace, pauses, melody and loudness: what an interview coach talks about. Nothing of it tells what a person feels.
public struct VoiceMeasurements: Codable, Hashable, Sendable {
    /// Seconds of sound, and of these with speech.
    public let duration: Double
    public let speakingTime: Double
    public let pauses: [SpeechActivity.Stretch]
    /// Of the time from the first to the last word, the pauses' share; 0 where nobody speaks.
    public let pauseShare: Double
    public let longestPause: Double?
    /// Peaks of voiced intensity, some nine tenths of the syllables.
    public let syllables: Int
    /// Syllables a second of speech and pauses from first to last word, and of speech alone; nil below a second of speech.
    public let speechRate: Double?
    public let articulationRate: Double?
    /// Hertz; nil below half a second of voiced sound.
    public let medianPitch: Double?
    /// Semitones between the 5th and the 95th of a hundred voiced moments.
    public let pitchRange: Double?
    /// LUFS of the mean of the channels, of which two equal ones read 3 LU less than BS.1770 gives for stereo, and LU from its
    /// quiet to its loud parts.
    public let loudness: Double?
    public let loudnessRange: Double?
    public let quality: RecordingQuality
    /// Second by second.
    public let course: [VoiceMoment]

    enum CodingKeys: String, CodingKey {
        case duration, pauses, syllables, loudness, quality, course
        case speakingTime = "speaking_seconds"
        case pauseShare = "pause_share"
        case longestPause = "longest_pause"
        case speechRate = "speech_rate"
        case articulationRate = "articulation_rate"
        case medianPitch = "median_pitch"
        case pitchRange = "pitch_range"
        case loudnessRange = "loudness_range"
    }
}

/// How far the recording can be trusted.
public struct RecordingQuality: Codable, Hashable, Sendable {
    /// Of the samples, those at the end of the scale.
    public let clipped: Double
    /// Decibels between the loud parts and the quietest; little in a noisy room, and without any pause.
    public let range: Double
    /// What to mend, in words; empty where nothing is.
    public let remarks: [String]
}

/// One second.
public struct VoiceMoment: Codable, Hashable, Sendable {
    /// Its beginning.
    public let time: Double
    /// Of the second, the share with speech.
    public let speaking: Double
    /// Median of its voiced moments in hertz; nil without any.
    public let pitch: Double?
    /// LUFS of its loudest 400 ms; nil where it is silent.
    public let loudness: Double?
    public let syllables: Int
}

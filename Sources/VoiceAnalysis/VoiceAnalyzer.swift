/// Measures a voice.
public enum VoiceAnalyzer {
    /// - Parameter sound: one person's voice, at any rate; it is resampled to 16,000 samples a second, but for its loudness.
    /// - Complexity: O(n), about a hundredth of the sound's own time on one core; ``VoiceMeter`` measures a sound that need not be
    ///   held.
    public static func measure(_ sound: Sound) -> VoiceMeasurements { hear(sound).measurements }

    /// As ``measure(_:)``, with what a scorer of emotions asks of it.
    public static func hear(_ sound: Sound) -> MeasuredVoice {
        var meter = VoiceMeter(rate: sound.rate, sampleCount: sound.samples.count)
        // In pieces, so that no second copy of the whole is made.
        for begin in stride(from: 0, to: sound.samples.count, by: piece) {
            meter.add(Array(sound.samples[begin..<min(begin + piece, sound.samples.count)]))
        }
        return meter.finish()
    }

    private static let piece = 1 << 18
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Measures a voice.
public enum VoiceAnalyzer {
    /// - Parameter sound: one person's voice, at any rate; it is resampled to 16,000 samples a second, but for its loudness.
    /// - Complexity: O(n), about a hundredth of the sound's own time on one core; O(n) memory.
    public static func measure(_ sound: Sound) -> VoiceMeasurements {
        let loudness = Loudness(sound)
        let speech = Resampler.resample(sound, to: PitchTrack.rate)
        let curve = IntensityCurve(speech, lowestPitch: SpeechActivity.lowestPitch)
        let activity = SpeechActivity(curve, duration: sound.duration)
        let pitch = PitchTrack(speech)
        let nuclei = SyllableNuclei(IntensityCurve(speech, lowestPitch: 50), pitch, activity)
        let spoken = activity.speakingTime
        let whole = (activity.speech.last?.end ?? 0) - (activity.speech.first?.start ?? 0)
        let melody = pitch.frequencies.enumerated()
            .filter { activity.isSpeech(at: Double($0.offset) * pitch.step) }.compactMap(\.element).sorted()
        let isLong = Double(melody.count) * pitch.step >= 0.5
        return VoiceMeasurements(
            duration: sound.duration, speakingTime: spoken, pauses: activity.pauses,
            pauseShare: whole > 0 ? activity.pauses.reduce(0) { $0 + $1.duration } / whole : 0,
            longestPause: activity.pauses.map(\.duration).max(), syllables: nuclei.times.count,
            speechRate: spoken >= 1 ? Double(nuclei.times.count) / whole : nil,
            articulationRate: spoken >= 1 ? Double(nuclei.times.count) / spoken : nil,
            medianPitch: isLong ? quantile(melody, 0.5) : nil,
            pitchRange: isLong ? 12 * log2(quantile(melody, 0.95) / quantile(melody, 0.05)) : nil,
            loudness: loudness.integrated, loudnessRange: loudness.range,
            quality: quality(of: sound, curve, activity, loudness),
            course: course(sound.duration, activity, pitch, loudness, nuclei))
    }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        sorted[Int((share * Double(sorted.count - 1)).rounded())]
    }

    private static func quality(
        of sound: Sound, _ curve: IntensityCurve, _ activity: SpeechActivity, _ loudness: Loudness
    ) -> RecordingQuality {
        let clipped = Double(sound.samples.count { abs($0) >= 0.999 }) / Double(max(sound.samples.count, 1))
        let range = (curve.quantile(0.95) ?? 0) - (curve.quantile(0.05) ?? 0)
        var remarks: [String] = []
        if clipped > 0.001 { remarks.append("The recording is clipped: turn the microphone down or sit farther away.") }
        if activity.speech.isEmpty { remarks.append("No speech is to be heard.") }
        if let level = loudness.integrated, level < -40 {
            remarks.append("The recording is very quiet: come closer to the microphone.")
        }
        if !activity.speech.isEmpty, sound.duration >= 5, range < 15 {
            remarks.append("Voice and room are nearly as loud: find a quieter place.")
        }
        return RecordingQuality(clipped: clipped, range: range, remarks: remarks)
    }

    private static func course(
        _ duration: Double, _ activity: SpeechActivity, _ pitch: PitchTrack, _ loudness: Loudness,
        _ nuclei: SyllableNuclei
    ) -> [VoiceMoment] {
        var syllables = [Int](repeating: 0, count: Int(duration.rounded(.up)))
        for time in nuclei.times { syllables[min(Int(time), syllables.count - 1)] += 1 }
        return syllables.indices.map { second in
            let (begin, end) = (Double(second), min(Double(second + 1), duration))
            let spoken = activity.speakingTime(from: begin, to: end)
            let tones = pitch.frequencies.dropFirst(Int((begin / pitch.step).rounded(.up)))
                .prefix(Int(((end - begin) / pitch.step).rounded())).compactMap(\.self).sorted()
            let loudest = loudness.momentary.dropFirst(Int((begin / Loudness.step).rounded())).prefix(10).max()
            return VoiceMoment(
                time: begin, speaking: spoken / max(end - begin, 1e-9),
                pitch: spoken > 0 && !tones.isEmpty ? quantile(tones, 0.5) : nil,
                loudness: loudest.flatMap { $0 > -70 ? $0 : nil }, syllables: syllables[second])
        }
    }
}

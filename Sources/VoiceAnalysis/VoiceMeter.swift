#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Measures a voice that comes in pieces, as ``VoiceAnalyzer`` does: what is kept grows by some kilobytes a minute, whatever the
/// rate.
///
/// ```swift
/// var meter = VoiceMeter(rate: 48_000)
/// while let samples = microphone.next() { meter.add(samples) }
/// print(meter.finish().measurements.speakingTime)
/// ```
public struct VoiceMeter: Sendable {
    /// Samples a second.
    public let rate: Int
    private var resampler: ResamplerStream
    private var loudness: LoudnessMeter
    private var energy: IntensityMeter
    private var syllables: IntensityMeter
    private var pitch = PitchMeter()
    private var spectrum = LogMelWindows()
    /// Windows that can be a voice, joined where they touch.
    private var voices: [SpeechActivity.Stretch] = []
    private var clipped = 0
    private var sampleCount = 0

    /// - Parameters:
    ///   - rate: within ``SoundLimits/usualRates``.
    ///   - sampleCount: of the whole sound, where it is known before: then windows of energy lie where Praat puts them, up to 8 ms
    ///     later than otherwise.
    public init(rate: Int, sampleCount: Int? = nil) {
        precondition(SoundLimits.usualRates.contains(rate), "a rate of \(rate)")
        self.rate = rate
        resampler = ResamplerStream(from: rate, to: PitchTrack.rate)
        loudness = LoudnessMeter(rate: rate)
        let resampled = sampleCount.map { count in
            let divisor = Resampler.greatestCommonDivisor(rate, PitchTrack.rate)
            return (count * (PitchTrack.rate / divisor) + rate / divisor - 1) / (rate / divisor)
        }
        energy = IntensityMeter(
            rate: PitchTrack.rate, lowestPitch: SpeechActivity.lowestPitch, sampleCount: resampled)
        syllables = IntensityMeter(rate: PitchTrack.rate, lowestPitch: 50, sampleCount: resampled)
    }

    /// - Parameter samples: −1…1; those that are no finite number become 0.
    public mutating func add(_ samples: [Float]) {
        let samples = samples.allSatisfy(\.isFinite) ? samples : samples.map { $0.isFinite ? $0 : 0 }
        sampleCount += samples.count
        clipped += samples.count { abs($0) >= 0.999 }
        loudness.add(samples)
        hear(resampler.add(samples))
    }

    private mutating func hear(_ speech: [Float]) {
        energy.add(speech)
        syllables.add(speech)
        pitch.add(speech)
        var voices = voices
        spectrum.add(speech) { Self.judge($0, $1, &voices) }
        self.voices = voices
    }

    private static func judge(_ frames: Range<Int>, _ power: [Float], _ voices: inout [SpeechActivity.Stretch]) {
        guard VoiceLikeness.isVoice(power) else { return }
        let (start, end) = (LogMelSpectrum.seconds(frames.lowerBound), LogMelSpectrum.seconds(frames.upperBound))
        if let last = voices.last, start <= last.end {
            voices[voices.count - 1] = SpeechActivity.Stretch(start: last.start, end: end)
        } else {
            voices.append(SpeechActivity.Stretch(start: start, end: end))
        }
    }

    /// Ends the sound.
    public mutating func finish() -> MeasuredVoice {
        hear(resampler.finish())
        let duration = Double(sampleCount) / Double(rate)
        let loudness = Loudness(loudness)
        let curve = energy.finish()
        var voices = voices
        spectrum.finish { Self.judge($0, $1, &voices) }
        let sounding = SpeechActivity(curve, duration: duration)
        let activity = sounding.within(voices)
        let pitch = pitch.finish()
        let nuclei = SyllableNuclei(syllables.finish(), pitch, activity)
        let spoken = activity.speakingTime
        let whole = (activity.speech.last?.end ?? 0) - (activity.speech.first?.start ?? 0)
        let melody = pitch.frequencies.enumerated()
            .filter { $0.element > 0 && activity.isSpeech(at: Double($0.offset) * pitch.step) }
            .map { Double($0.element) }.sorted()
        let isLong = Double(melody.count) * pitch.step >= 0.5
        let measurements = VoiceMeasurements(
            duration: duration, speakingTime: spoken, pauses: activity.pauses,
            pauseShare: whole > 0 ? activity.pauses.reduce(0) { $0 + $1.duration } / whole : 0,
            longestPause: activity.pauses.map(\.duration).max(), syllables: nuclei.times.count,
            speechRate: spoken >= 1 ? Double(nuclei.times.count) / whole : nil,
            articulationRate: spoken >= 1 ? Double(nuclei.times.count) / spoken : nil,
            medianPitch: isLong ? Self.quantile(melody, 0.5) : nil,
            pitchRange: isLong ? 12 * log2(Self.quantile(melody, 0.95) / Self.quantile(melody, 0.05)) : nil,
            loudness: loudness.integrated, loudnessRange: loudness.range,
            quality: quality(duration, curve, sounding, activity, loudness),
            course: Self.course(duration, activity, pitch, loudness, nuclei))
        return MeasuredVoice(measurements: measurements, activity: activity)
    }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        sorted[Int((share * Double(sorted.count - 1)).rounded())]
    }

    private func quality(
        _ duration: Double, _ curve: IntensityCurve, _ sounding: SpeechActivity, _ activity: SpeechActivity,
        _ loudness: Loudness
    ) -> RecordingQuality {
        let clipped = Double(clipped) / Double(max(sampleCount, 1))
        let range = (curve.quantile(0.95) ?? 0) - (curve.quantile(0.05) ?? 0)
        var remarks: [String] = []
        if clipped > 0.001 { remarks.append("The recording is clipped: turn the microphone down or sit farther away.") }
        if activity.speech.isEmpty {
            remarks.append(
                sounding.speech.isEmpty
                    ? "No speech is to be heard." : "No speech is to be heard: the sound is noise, tones or music.")
        }
        if let level = loudness.integrated, level < -40 {
            remarks.append("The recording is very quiet: come closer to the microphone.")
        }
        if !sounding.speech.isEmpty, duration >= 5, range < 15 {
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
                .prefix(Int(((end - begin) / pitch.step).rounded())).filter { $0 > 0 }.map { Double($0) }.sorted()
            let loudest = loudness.momentary.dropFirst(Int((begin / Loudness.step).rounded())).prefix(10).max()
            return VoiceMoment(
                time: begin, speaking: spoken / max(end - begin, 1e-9),
                pitch: spoken > 0 && !tones.isEmpty ? Self.quantile(tones, 0.5) : nil,
                loudness: loudest.flatMap { $0 > -70 ? $0 : nil }, syllables: syllables[second])
        }
    }
}

/// What a ``VoiceMeter`` heard.
public struct MeasuredVoice: Sendable {
    public let measurements: VoiceMeasurements
    /// When somebody speaks.
    public let activity: SpeechActivity
}

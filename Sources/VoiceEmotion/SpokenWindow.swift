import VoiceAnalysis

/// Three seconds with speech, or less of a shorter sound.
struct SpokenWindow {
    /// Of ``LogMelSpectrum``.
    let frames: Range<Int>
    /// Seconds of speech.
    let speaking: Double
    /// What the encoder found: means and deviations of its channels.
    let features: [Float]
}

/// The spectra of a sound's windows with speech, in the order of time, of a sound that comes in pieces.
struct SpokenSpectra {
    private let activity: SpeechActivity
    private let leastSpeech: Double
    private var windows = SoundWindows()
    private var spectrum = VoiceSpectrum()

    /// - Parameter leastSpeech: seconds below which a window is left out.
    init(_ activity: SpeechActivity, leastSpeech: Double) {
        (self.activity, self.leastSpeech) = (activity, leastSpeech)
    }

    typealias Take = (_ frames: Range<Int>, _ speaking: Double, _ power: [Float]) -> Void

    /// - Parameter samples: 16,000 a second.
    mutating func add(_ samples: [Float], _ take: Take) {
        let (activity, leastSpeech) = (activity, leastSpeech)
        var spectrum = spectrum
        windows.add(samples) { frames, samples, first in
            let speaking = Self.speaking(frames, activity)
            if speaking >= leastSpeech { take(frames, speaking, spectrum.power(frames, of: samples, first: first)) }
        }
        self.spectrum = spectrum
    }

    mutating func finish(_ take: Take) {
        let (activity, leastSpeech) = (activity, leastSpeech)
        var spectrum = spectrum
        windows.finish { frames, samples, first in
            let speaking = Self.speaking(frames, activity)
            if speaking >= leastSpeech { take(frames, speaking, spectrum.power(frames, of: samples, first: first)) }
        }
    }

    private static func speaking(_ frames: Range<Int>, _ activity: SpeechActivity) -> Double {
        activity.speakingTime(
            from: LogMelSpectrum.seconds(frames.lowerBound), to: LogMelSpectrum.seconds(frames.upperBound))
    }
}

import VoiceAnalysis

/// Three seconds of a sound as the encoder hears them: the power of 300 frames in 80 bands, decimal logarithms.
///
/// Frames of 512 samples, 160 apart (10 ms), under a Hann window of 400; bands from 0 to 8,000 Hz. The first frame of a window has
/// the window's first sample in its middle.
/// - Source: librosa 0.11, `feature.melspectrogram(n_fft=512, win_length=400, hop_length=160, n_mels=80)` with its defaults
///   otherwise.
package struct VoiceSpectrum: Sendable {
    package static let bands = 80
    package static let frames = 300
    /// Samples from one frame to the next.
    private static let step = 160

    private static let mel = MelFrames(
        rate: LogMelSpectrum.rate, length: 512, windowLength: 400, bands: bands, frequencies: 0...8000,
        logarithm: .decimal)

    /// The window before this one, whose second half is the first of this.
    private var last: (begin: Int, power: [Float])?

    package init() {}

    /// `[300, 80]` of a window of ``SoundWindows``.
    ///
    /// - Parameters:
    ///   - frames: the window's of ``LogMelSpectrum``; of fewer than a window has the sound comes to lie in the middle.
    ///   - samples: of the sound, from the middle of frame `first` on.
    package mutating func power(_ frames: Range<Int>, of samples: [Float], first: Int) -> [Float] {
        let missing = SoundWindows.length - frames.count
        let begin = (frames.lowerBound - missing / 2) * LogMelSpectrum.step
        let offset = begin - first * LogMelSpectrum.step
        var power: [Float] = []
        power.reserveCapacity(Self.frames * Self.bands)
        if let last, (begin - last.begin) % Self.step == 0, begin > last.begin {
            let known = max(Self.frames - (begin - last.begin) / Self.step, 0)
            power += last.power.suffix(known * Self.bands)
        }
        for frame in (power.count / Self.bands)..<Self.frames {
            Self.mel.append(around: offset + frame * Self.step, of: samples, to: &power)
        }
        last = (begin, power)
        return power
    }
}

/// The power of a sound in 64 bands over time, as logarithms: by what voices are told from other sounds.
///
/// Frames of 1,024 samples, 200 apart (12.5 ms), the first in the middle of which sample 0 lies, zeros beyond the ends, under a
/// Hann window of 640 samples; bands from 50 to 8,000 Hz; natural logarithm.
/// - Source: librosa 0.11, `feature.melspectrogram(n_fft=1024, win_length=640, hop_length=200, n_mels=64, fmin=50, fmax=8000)`
///   with its defaults otherwise.
package struct LogMelSpectrum {
    /// Samples a second that the sound must have.
    package static let rate = 16_000
    package static let bands = 64
    /// Samples from one frame to the next.
    package static let step = 200
    /// What a frame of silence has in each band.
    package static let silence = mel.silence

    static let mel = MelFrames(
        rate: rate, length: 1024, windowLength: 640, bands: bands, frequencies: 50...8000, logarithm: .natural)

    private let samples: [Float]

    /// - Precondition: `sound` has ``rate`` samples a second.
    package init(_ sound: Sound) {
        precondition(sound.rate == Self.rate, "\(sound.rate) samples a second, \(Self.rate) expected")
        samples = sound.samples
    }

    /// The middle of a frame.
    package static func seconds(_ frame: Int) -> Double { Double(frame * step) / Double(rate) }

    /// How many frames the sound has.
    package var count: Int { 1 + samples.count / Self.step }

    /// The bands of some frames, frame by frame.
    ///
    /// - Precondition: the frames are among the ``count``.
    /// - Complexity: O(frames); nothing is kept.
    package func frames(_ range: Range<Int>) -> [Float] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "frames \(range) of \(count)")
        return Self.frames(range, of: samples, first: 0)
    }

    /// - Parameter first: the frame in whose middle the first of the samples lies.
    static func frames(_ range: Range<Int>, of samples: [Float], first: Int) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(range.count * bands)
        for frame in range { mel.append(around: (frame - first) * step, of: samples, to: &result) }
        return result
    }
}

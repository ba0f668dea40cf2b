#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The power of a sound in 64 bands over time, as logarithms: what networks hear with.
///
/// Frames of 1,024 samples, 200 apart (12.5 ms), the first in the middle of which sample 0 lies, zeros beyond the ends, under a
/// periodic Hann window of 640 samples; triangular bands of equal area on Slaney's mel scale from 50 to 8,000 Hz; natural
/// logarithm of the power plus 10⁻¹⁰.
/// - Source: librosa 0.11, `feature.melspectrogram(n_fft=1024, win_length=640, hop_length=200, n_mels=64, fmin=50, fmax=8000)`
///   with its defaults otherwise.
package struct LogMelSpectrum {
    /// Samples a second that the sound must have.
    package static let rate = 16_000
    package static let bands = 64
    /// Samples from one frame to the next.
    package static let step = 200
    /// What a frame of silence has in each band.
    package static let silence = Float(log(floor))

    private static let frameLength = 1024
    private static let windowLength = 640
    private static let frequencies = 50.0...8000.0
    private static let floor = 1e-10

    private let samples: [Float]
    private static let window = (0..<windowLength).map {
        0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(windowLength))
    }
    private static let filters = makeFilters()
    private static let transform = FourierTransform(count: frameLength)

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
        var result: [Float] = []
        result.reserveCapacity(range.count * Self.bands)
        var frame = [Double](repeating: 0, count: Self.frameLength)
        let margin = (Self.frameLength - Self.windowLength) / 2
        for index in range {
            let first = index * Self.step - Self.windowLength / 2
            for place in 0..<Self.windowLength {
                let sample = first + place
                frame[margin + place] =
                    samples.indices.contains(sample) ? Self.window[place] * Double(samples[sample]) : 0
            }
            let power = Self.transform.power(frame)
            for filter in Self.filters {
                var sum = Self.floor
                for (offset, weight) in filter.weights.enumerated() { sum += weight * power[filter.first + offset] }
                result.append(Float(log(sum)))
            }
        }
        return result
    }

    /// Of each band the first bin of its triangle and the weights from there, rounded to single precision as librosa's.
    private static func makeFilters() -> [(first: Int, weights: [Double])] {
        let (low, high) = (mel(frequencies.lowerBound), mel(frequencies.upperBound))
        let edges = (0..<(bands + 2)).map { hertz(low + (high - low) * Double($0) / Double(bands + 1)) }
        return (0..<bands).map { band in
            let (begin, middle, end) = (edges[band], edges[band + 1], edges[band + 2])
            let weights = (0...(frameLength / 2)).map { bin -> Double in
                let frequency = Double(bin) * Double(rate) / Double(frameLength)
                let height = min((frequency - begin) / (middle - begin), (end - frequency) / (end - middle))
                return Double(Float(max(0, height) * 2 / (end - begin)))
            }
            let first = weights.firstIndex { $0 > 0 } ?? 0
            let last = weights.lastIndex { $0 > 0 } ?? 0
            return (first, Array(weights[first...last]))
        }
    }

    /// Slaney's scale: linear below 1,000 Hz, logarithmic above.
    private static func mel(_ hertz: Double) -> Double {
        hertz < 1000 ? hertz * 3 / 200 : 15 + log(hertz / 1000) * 27 / log(6.4)
    }

    private static func hertz(_ mel: Double) -> Double {
        mel < 15 ? mel * 200 / 3 : 1000 * exp((mel - 15) * log(6.4) / 27)
    }
}

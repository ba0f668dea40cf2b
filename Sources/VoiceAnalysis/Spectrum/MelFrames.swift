#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the power of single frames of a sound is told in bands over the frequency, as logarithms.
///
/// A periodic Hann window lies in the middle of a frame, zeros around it; triangular bands of equal area on Slaney's mel scale;
/// logarithm of the power plus 10⁻¹⁰.
/// - Source: librosa 0.11, `feature.melspectrogram` with its defaults otherwise.
package struct MelFrames: Sendable {
    package let bands: Int
    /// What a frame of silence has in each band.
    package let silence: Float

    private let window: [Double]
    /// Zeros on either side of the window.
    private let margin: Int
    private let filters: [Filter]
    private let transform: FourierTransform
    /// What natural logarithms are multiplied by.
    private let unit: Double

    private static let floor = 1e-10

    /// Of a band the first bin of its triangle and the weights from there.
    private struct Filter: Sendable {
        let first: Int
        let weights: [Double]
    }

    package enum Logarithm: Sendable { case natural, decimal }

    /// - Parameters:
    ///   - rate: samples a second.
    ///   - length: samples of a frame, a power of two.
    ///   - windowLength: an even number of samples, at most `length`.
    ///   - frequencies: hertz, where the first band begins and the last ends.
    package init(
        rate: Int, length: Int, windowLength: Int, bands: Int, frequencies: ClosedRange<Double>, logarithm: Logarithm
    ) {
        self.bands = bands
        margin = (length - windowLength) / 2
        window = (0..<windowLength).map { 0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(windowLength)) }
        transform = FourierTransform(count: length)
        filters = Self.filters(bands: bands, frequencies, binWidth: Double(rate) / Double(length), bins: length / 2 + 1)
        unit = logarithm == .natural ? 1 : 1 / log(10)
        silence = Float(log(Self.floor) * unit)
    }

    /// Appends the bands of a frame.
    ///
    /// - Parameters:
    ///   - middle: the sample in the frame's middle; samples beyond the sound are 0.
    ///   - result: where ``bands`` values are added.
    package func append(around middle: Int, of samples: [Float], to result: inout [Float]) {
        let first = middle - window.count / 2
        let heard = max(0, -first)..<max(0, -first, min(window.count, samples.count - first))
        transform.withPower { frame in
            for place in heard { frame[margin + place] = window[place] * Double(samples[first + place]) }
        } _: { power in
            for filter in filters {
                var sum = Self.floor
                for (offset, weight) in filter.weights.enumerated() { sum += weight * power[filter.first + offset] }
                result.append(Float(log(sum) * unit))
            }
        }
    }

    /// Weights are rounded to single precision as librosa's.
    private static func filters(
        bands: Int, _ frequencies: ClosedRange<Double>, binWidth: Double, bins: Int
    ) -> [Filter] {
        let (low, high) = (mel(frequencies.lowerBound), mel(frequencies.upperBound))
        let edges = (0..<(bands + 2)).map { hertz(low + (high - low) * Double($0) / Double(bands + 1)) }
        return (0..<bands).map { band in
            let (begin, middle, end) = (edges[band], edges[band + 1], edges[band + 2])
            let weights = (0..<bins).map { bin -> Double in
                let frequency = Double(bin) * binWidth
                let height = min((frequency - begin) / (middle - begin), (end - frequency) / (end - middle))
                return Double(Float(max(0, height) * 2 / (end - begin)))
            }
            let first = weights.firstIndex { $0 > 0 } ?? 0
            let last = weights.lastIndex { $0 > 0 } ?? 0
            return Filter(first: first, weights: Array(weights[first...last]))
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

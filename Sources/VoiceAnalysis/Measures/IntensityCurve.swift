#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The energy of a sound over time, in decibels above 2·10⁻⁵ (as if samples were pascals).
///
/// Windows of 6.4 periods of the lowest pitch that is not to ripple through, under a Kaiser window with side lobes below −190 dB,
/// 0.8 periods apart, the mean of each taken off.
/// - Source: Praat 6.4, "Sound: To Intensity…".
struct IntensityCurve {
    let decibels: [Double]
    /// Seconds of the first window's middle, and from one to the next.
    let start: Double
    let step: Double

    /// Empty where the sound is shorter than a window.
    ///
    /// - Complexity: O(n·w / s) for windows of w samples, s apart.
    init(_ sound: Sound, lowestPitch: Double) {
        let rate = Double(sound.rate)
        let halfDuration = 3.2 / lowestPitch
        let step = 0.8 / lowestPitch
        self.step = step
        let half = Int(halfDuration * rate)
        let window = (-half...half).map { index -> Float in
            let place = Double(index) / rate / halfDuration
            let root = max(0, 1 - place * place).squareRoot()
            return Float(Bessel.i0((2 * Double.pi * Double.pi + 0.5) * root))
        }
        let weight = window.reduce(0, +)
        // In Praat's own order of operations, which decides where a whole number of steps fits.
        let duration = 1 / rate * Double(sound.samples.count)
        let count = Int(((duration - 6.4 / lowestPitch) / step).rounded(.down)) + 1
        guard count > 0, sound.duration > 2 * halfDuration else {
            (decibels, start) = ([], 0)
            return
        }
        let start = 0.5 * (sound.duration - Double(count - 1) * step)
        self.start = start
        decibels = sound.samples.withUnsafeBufferPointer { samples in
            (0..<count).map { frame in
                let middle = Int(((start + Double(frame) * step) * rate).rounded(.down))
                let first = max(middle - half, 0)
                let last = min(middle + half, samples.count - 1)
                var mean: Float = 0
                for index in first...last { mean += samples[index] }
                mean /= Float(last - first + 1)
                var energy: Float = 0
                for index in first...last {
                    let value = samples[index] - mean
                    energy += window[index - middle + half] * value * value
                }
                return 10 * log10(max(Double(energy / weight), 1e-30) / 4e-10)
            }
        }
    }

    func time(_ frame: Int) -> Double { start + Double(frame) * step }

    /// The level below which `share` of the windows lie; nil without windows.
    func quantile(_ share: Double) -> Double? {
        guard !decibels.isEmpty else { return nil }
        let sorted = decibels.sorted()
        return sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
    }
}

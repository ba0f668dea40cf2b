#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Changes a sound's rate by a ratio of whole numbers with a windowed-sinc filter.
///
/// The filter is linear in phase, of 20·max(p, q) + 1 taps under a Kaiser window of β 5, its cut-off at the lower of the two
/// Nyquist frequencies.
/// - Source: SciPy 1.17, `scipy.signal.resample_poly` with its defaults.
public enum Resampler {
    /// `sound` at `rate` samples a second: ⌈n·rate / sound.rate⌉ samples.
    ///
    /// - Complexity: O(m·taps / p) for m samples of the result and a ratio of p / q in lowest terms.
    public static func resample(_ sound: Sound, to rate: Int) -> Sound {
        precondition(SoundLimits.usualRates.contains(rate), "a rate of \(rate)")
        let divisor = greatestCommonDivisor(sound.rate, rate)
        let (up, down) = (rate / divisor, sound.rate / divisor)
        guard up != down, !sound.samples.isEmpty else { return Sound(samples: sound.samples, rate: rate) }
        let half = 10 * max(up, down)
        let taps = filter(half: half, up: up, down: down)
        let count = (sound.samples.count * up + down - 1) / down
        let samples = sound.samples.withUnsafeBufferPointer { source in
            (0..<count).map { output -> Float in
                // Input j lies at j·up on the fine grid, the output at output·down.
                let middle = output * down
                let first = max((middle - half + up - 1) / up, 0)
                let last = min((middle + half) / up, source.count - 1)
                var sum = 0.0
                if first <= last {
                    for index in first...last { sum += taps[half + middle - index * up] * Double(source[index]) }
                }
                return Float(sum)
            }
        }
        return Sound(samples: samples, rate: rate)
    }

    /// Symmetric, 2·half + 1 taps that sum to `up`.
    private static func filter(half: Int, up: Int, down: Int) -> [Double] {
        let cutoff = 1 / Double(max(up, down))
        let beta = 5.0
        var taps = (-half...half).map { index -> Double in
            let ratio = Double(index) / Double(half)
            let angle = Double.pi * Double(index) * cutoff
            let sinc = index == 0 ? 1 : sin(angle) / angle
            return sinc * Bessel.i0(beta * (1 - ratio * ratio).squareRoot())
        }
        let sum = taps.reduce(0, +)
        for index in taps.indices { taps[index] *= Double(up) / sum }
        return taps
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}

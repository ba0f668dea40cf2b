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
        var stream = ResamplerStream(from: sound.rate, to: rate)
        return Sound(samples: stream.add(sound.samples) + stream.finish(), rate: rate)
    }

    /// Symmetric, 2·half + 1 taps that sum to `up`.
    fileprivate static func filter(half: Int, up: Int, down: Int) -> [Double] {
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

    static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}

/// ``Resampler`` for a sound that comes in pieces: the same samples, in memory that does not grow with it.
package struct ResamplerStream: Sendable {
    private let up: Int
    private let down: Int
    private let half: Int
    private let taps: [Double]
    /// Samples that are needed yet, the first of them number `first` of the sound.
    private var held: [Float] = []
    private var first = 0
    private var made = 0

    package init(from rate: Int, to target: Int) {
        precondition(SoundLimits.usualRates.contains(target), "a rate of \(target)")
        let divisor = Resampler.greatestCommonDivisor(rate, target)
        (up, down) = (target / divisor, rate / divisor)
        half = 10 * max(up, down)
        taps = up == down ? [] : Resampler.filter(half: half, up: up, down: down)
    }

    /// What can be made once these samples are there.
    package mutating func add(_ samples: [Float]) -> [Float] {
        guard up != down else { return samples }
        held += samples
        // An output reaches `half` steps of the fine grid beyond its place.
        let known = first + held.count
        let result = make(until: max(made, (known * up - half + down - 1) / down), known: known)
        let needed = max(first, (made * down - half) / up)
        held.removeFirst(min(needed - first, held.count))
        first = needed
        return result
    }

    /// The rest, as if silence followed.
    package mutating func finish() -> [Float] {
        guard up != down else { return [] }
        let known = first + held.count
        return make(until: (known * up + down - 1) / down, known: known)
    }

    private mutating func make(until end: Int, known: Int) -> [Float] {
        let begin = made
        made = max(made, end)
        return held.withUnsafeBufferPointer { source in
            (begin..<made).map { output -> Float in
                // Input j lies at j·up on the fine grid, the output at output·down.
                let middle = output * down
                let lowest = max((middle - half + up - 1) / up, 0)
                let highest = min((middle + half) / up, known - 1)
                var sum = 0.0
                if lowest <= highest {
                    for index in lowest...highest {
                        sum += taps[half + middle - index * up] * Double(source[index - first])
                    }
                }
                return Float(sum)
            }
        }
    }
}

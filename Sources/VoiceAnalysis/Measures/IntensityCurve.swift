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
        var meter = IntensityMeter(rate: sound.rate, lowestPitch: lowestPitch, sampleCount: sound.samples.count)
        meter.add(sound.samples)
        self = meter.finish()
    }

    init(decibels: [Double], start: Double, step: Double) {
        (self.decibels, self.start, self.step) = (decibels, start, step)
    }

    func time(_ frame: Int) -> Double { start + Double(frame) * step }

    /// The level below which `share` of the windows lie; nil without windows.
    func quantile(_ share: Double) -> Double? {
        guard !decibels.isEmpty else { return nil }
        let sorted = decibels.sorted()
        return sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
    }
}

/// An ``IntensityCurve`` of samples that come in pieces.
struct IntensityMeter: Sendable {
    private let rate: Double
    private let half: Int
    private let step: Double
    private let window: [Float]
    private let weight: Float
    /// The first window's middle in seconds, and how many there are; the latter nil where it is not known before the end.
    private let start: Double
    private let count: Int?
    /// Samples that are needed yet, the first of them number `first` of the sound.
    private var held: [Float] = []
    private var first = 0
    private var decibels: [Double] = []

    /// - Parameter sampleCount: of the whole sound. Praat puts the windows into its middle; where the count is not known they
    ///   begin as early as they can, at most half a step sooner.
    init(rate: Int, lowestPitch: Double, sampleCount: Int?) {
        let sampleRate = Double(rate)
        let halfDuration = 3.2 / lowestPitch
        self.rate = sampleRate
        step = 0.8 / lowestPitch
        half = Int(halfDuration * sampleRate)
        window = (-half...half).map { index -> Float in
            let place = Double(index) / sampleRate / halfDuration
            let root = max(0, 1 - place * place).squareRoot()
            return Float(Bessel.i0((2 * Double.pi * Double.pi + 0.5) * root))
        }
        weight = window.reduce(0, +)
        guard let sampleCount else {
            (start, count) = (halfDuration, nil)
            return
        }
        // In Praat's own order of operations, which decides where a whole number of steps fits.
        let duration = 1 / sampleRate * Double(sampleCount)
        let windows = Int(((duration - 6.4 / lowestPitch) / step).rounded(.down)) + 1
        let seconds = Double(sampleCount) / sampleRate
        count = windows > 0 && seconds > 2 * halfDuration ? windows : 0
        start = 0.5 * (seconds - Double(max(windows, 1) - 1) * step)
    }

    mutating func add(_ samples: [Float]) {
        held += samples
        measure(isWhole: false)
        let needed = max(first, middle(decibels.count) - half)
        held.removeFirst(min(needed - first, held.count))
        first = needed
    }

    mutating func finish() -> IntensityCurve {
        if count != nil { measure(isWhole: true) }
        return IntensityCurve(decibels: decibels, start: decibels.isEmpty ? 0 : start, step: step)
    }

    private func middle(_ frame: Int) -> Int { Int(((start + Double(frame) * step) * rate).rounded(.down)) }

    /// The windows that lie within the samples so far; at the end also those that reach beyond them.
    private mutating func measure(isWhole: Bool) {
        let known = first + held.count
        held.withUnsafeBufferPointer { samples in
            while decibels.count < count ?? .max {
                let middle = middle(decibels.count)
                guard middle + half < known || isWhole && known > 0 else { break }
                let begin = max(middle - half, 0)
                let end = min(middle + half, known - 1)
                // Fewer samples came than were promised.
                guard begin <= end else { break }
                var mean: Float = 0
                for index in begin...end { mean += samples[index - first] }
                mean /= Float(end - begin + 1)
                var energy: Float = 0
                for index in begin...end {
                    let value = samples[index - first] - mean
                    energy += window[index - middle + half] * value * value
                }
                decibels.append(10 * log10(max(Double(energy / weight), 1e-30) / 4e-10))
            }
        }
    }
}

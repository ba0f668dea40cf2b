#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How loud a sound is to an ear.
///
/// - Source: ITU-R BS.1770-4 (filters, gates), EBU Tech 3342 (range); the filters for any rate by De Man's formulas.
struct Loudness {
    /// LUFS of all that is above the gates; nil where nothing is.
    let integrated: Double?
    /// From the tenth to the 95th of a hundred of the loudness of three seconds, in LU; nil for less than three seconds.
    let range: Double?
    /// LUFS of each 400 ms, 100 ms apart.
    let momentary: [Double]

    static let step = 0.1

    /// - Complexity: O(n).
    init(_ sound: Sound) {
        var meter = LoudnessMeter(rate: sound.rate)
        meter.add(sound.samples)
        self.init(meter)
    }

    init(_ meter: LoudnessMeter) {
        let (energies, hop) = (meter.energies, meter.hop)
        momentary = Self.windows(energies, 4, hop).map(Self.level)
        integrated = Self.gated(Self.windows(energies, 4, hop), below: 10).map(Self.level)
        let long = Self.windows(energies, 30, hop)
        if let mean = Self.gated(long, below: 0) {
            let kept = long.map(Self.level).filter { $0 > -70 && $0 > Self.level(mean) - 20 }.sorted()
            range = kept.isEmpty ? nil : Self.quantile(kept, 0.95) - Self.quantile(kept, 0.1)
        } else {
            range = nil
        }
    }

    /// Mean squares of each run of `hops`.
    private static func windows(_ energies: [Double], _ hops: Int, _ hop: Int) -> [Double] {
        guard energies.count >= hops else { return [] }
        return (0...(energies.count - hops)).map { energies[$0..<($0 + hops)].reduce(0, +) / Double(hops * hop) }
    }

    /// The mean of what is above −70 LUFS and no more than `below` under the mean of that; no second gate where that is 0.
    private static func gated(_ means: [Double], below: Double) -> Double? {
        let loud = means.filter { level($0) > -70 }
        guard !loud.isEmpty else { return nil }
        let mean = loud.reduce(0, +) / Double(loud.count)
        guard below > 0 else { return mean }
        let kept = loud.filter { level($0) > level(mean) - below }
        return kept.isEmpty ? nil : kept.reduce(0, +) / Double(kept.count)
    }

    private static func level(_ mean: Double) -> Double { -0.691 + 10 * log10(max(mean, 1e-30)) }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        sorted[Int((share * Double(sorted.count - 1)).rounded())]
    }

    /// A filter of second order.
    fileprivate struct Biquad {
        let (b0, b1, b2, a1, a2): (Double, Double, Double, Double, Double)
        var (x1, x2, y1, y2) = (0.0, 0.0, 0.0, 0.0)

        init(_ b0: Double, _ b1: Double, _ b2: Double, _ a1: Double, _ a2: Double) {
            (self.b0, self.b1, self.b2, self.a1, self.a2) = (b0, b1, b2, a1, a2)
        }

        mutating func next(_ x: Double) -> Double {
            let y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            (x2, x1, y2, y1) = (x1, x, y1, y)
            return y
        }

        /// What a head adds to high tones.
        static func shelf(rate: Double) -> Biquad {
            let (frequency, gain, quality) = (1681.974450955533, 3.999843853973347, 0.7071752369554196)
            let k = tan(Double.pi * frequency / rate)
            let high = pow(10, gain / 20)
            let band = pow(high, 0.4996667741545416)
            let a0 = 1 + k / quality + k * k
            return Biquad(
                (high + band * k / quality + k * k) / a0, 2 * (k * k - high) / a0,
                (high - band * k / quality + k * k) / a0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0)
        }

        static func highPass(rate: Double) -> Biquad {
            let (frequency, quality) = (38.13547087602444, 0.5003270373238773)
            let k = tan(Double.pi * frequency / rate)
            let a0 = 1 + k / quality + k * k
            return Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0)
        }
    }
}

/// The filtered sound's energy, ten times a second, of samples that come in pieces.
struct LoudnessMeter: Sendable {
    /// Sums of squares of each hop.
    private(set) var energies: [Double] = []
    /// Samples of one.
    let hop: Int
    private var shelf: Loudness.Biquad
    private var highPass: Loudness.Biquad
    private var (sum, count) = (0.0, 0)

    init(rate: Int) {
        hop = Int((Double(rate) * Loudness.step).rounded())
        shelf = Loudness.Biquad.shelf(rate: Double(rate))
        highPass = Loudness.Biquad.highPass(rate: Double(rate))
    }

    mutating func add(_ samples: [Float]) {
        for sample in samples {
            let value = highPass.next(shelf.next(Double(sample)))
            sum += value * value
            count += 1
            if count == hop {
                energies.append(sum)
                (sum, count) = (0, 0)
            }
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The pitch of a voice over time, by probabilistic YIN.
///
/// At each frame every dip of the normalised difference function is a candidate, as likely as thresholds that would pick it; a
/// hidden Markov model over tenths of semitones, voiced and not, then picks the most likely course.
/// - Source: Mauch and Dixon, "pYIN", ICASSP 2014, doi:10.1109/ICASSP.2014.6853678, with the parameters of librosa 0.11's `pyin`.
package struct PitchTrack {
    /// Hertz; 0 where the sound is not voiced.
    package let frequencies: [Float]
    /// Seconds from one frame to the next; the first is at 0.
    package let step: Double

    /// Samples a second that the sound must have.
    package static let rate = 16_000
    static let lowest = 65.0
    static let highest = 500.0
    fileprivate static let frameLength = 1024
    fileprivate static let hop = 256
    fileprivate static let step = Double(hop) / Double(rate)
    fileprivate static let binsPerSemitone = 10
    /// Octaves a second at most.
    private static let fastest = 35.92
    private static let switching = 0.01
    /// What is left for the deepest dip where no threshold picks one.
    private static let noTrough = 0.01

    /// - Precondition: `sound` has ``rate`` samples a second.
    /// - Complexity: O(n) with a large constant: some 10⁷ operations a second of sound.
    package init(_ sound: Sound) {
        precondition(sound.rate == Self.rate, "\(sound.rate) samples a second")
        var meter = PitchMeter()
        meter.add(sound.samples)
        self = meter.finish()
    }

    fileprivate init(frequencies: [Float]) {
        self.frequencies = frequencies
        step = Self.step
    }

    /// Bins to which the pitch may move in one frame, itself among them.
    fileprivate static var transitionWidth: Int {
        Int((fastest * 12 * Double(hop) / Double(rate)).rounded()) * binsPerSemitone + 1
    }

    func isVoiced(at time: Double) -> Bool {
        let frame = Int((time / step).rounded())
        return frequencies.indices.contains(frame) && frequencies[frame] > 0
    }

    /// The dips of one frame, as probabilities of pitch bins.
    fileprivate struct PitchCandidates {
        private let bins: Int
        private let shortest = max(Int((Double(rate) / highest).rounded(.down)), 1)
        private let longest = min(Int((Double(rate) / lowest).rounded(.up)), frameLength - 1)
        /// How likely each of a hundred thresholds is, and up to each of them: a beta distribution of 2 and 18.
        private let thresholds: [Double]
        private let upTo: [Double]

        init(bins: Int) {
            self.bins = bins
            let distribution = (0...100).map { index -> Double in
                let rest = 1 - Double(index) / 100
                return 1 - pow(rest, 19) - 19 * (1 - rest) * pow(rest, 18)
            }
            upTo = distribution
            thresholds = zip(distribution.dropFirst(), distribution).map { $0 - $1 }
        }

        /// Bins and their probabilities, for the frame that begins at `start`.
        func find(in samples: [Float], at start: Int) -> [(bin: Int, probability: Double)] {
            let difference = normalizedDifference(samples, start)
            var troughs = (1..<max(difference.count - 1, 1)).filter {
                difference[$0] < difference[$0 - 1] && difference[$0] <= difference[$0 + 1]
            }
            // Both ends count where they are lower than their one neighbour.
            let last = difference.count - 1
            if last > 0, difference[0] < difference[1] { troughs.insert(0, at: 0) }
            if last > 0, difference[last] < difference[last - 1] { troughs.append(last) }
            guard !troughs.isEmpty else { return [] }
            var probabilities = [Double](repeating: 0, count: troughs.count)
            for (index, weight) in thresholds.enumerated() {
                let threshold = Double(index + 1) / 100
                let below = troughs.indices.filter { difference[troughs[$0]] < threshold }
                guard !below.isEmpty else { continue }
                // The first dips are likelier: a Boltzmann distribution of 2.
                let scale = (1 - exp(-2)) / (1 - exp(-2 * Double(below.count)))
                for (rank, trough) in below.enumerated() {
                    probabilities[trough] += weight * scale * exp(-2 * Double(rank))
                }
            }
            let deepest = troughs.indices.min { difference[troughs[$0]] < difference[troughs[$1]] } ?? 0
            let unpicked = (1...100).count { !(difference[troughs[deepest]] < Double($0) / 100) }
            probabilities[deepest] += noTrough * upTo[unpicked]
            var observed: [Int: Double] = [:]
            for (trough, probability) in zip(troughs, probabilities) where probability > 0 {
                let period = Double(shortest + trough) + shift(difference, trough)
                let bin = (12 * Double(binsPerSemitone) * log2(Double(rate) / period / lowest)).rounded()
                // Of two dips in one bin the later one stands, as in librosa.
                observed[min(max(Int(bin), 0), bins)] = probability
            }
            return observed.filter { $0.key < bins }.map { ($0.key, $0.value) }
        }

        /// Where the parabola through three values has its least, beside the middle one.
        private func shift(_ values: [Double], _ index: Int) -> Double {
            guard index > 0, index + 1 < values.count else { return 0 }
            let bend = values[index + 1] + values[index - 1] - 2 * values[index]
            let slope = (values[index + 1] - values[index - 1]) / 2
            return abs(slope) >= abs(bend) ? 0 : -slope / bend
        }

        /// The cumulative mean normalised difference of the periods from shortest to longest.
        ///
        /// As in librosa 0.11, whose difference keeps the energy of the frame's last samples, which have no partner.
        private func normalizedDifference(_ samples: [Float], _ start: Int) -> [Double] {
            samples.withUnsafeBufferPointer { samples in
                guard let frame = samples.baseAddress.map({ $0 + start }) else { return [] }
                var (sum, tail, result) = (0.0, 0.0, [Double]())
                result.reserveCapacity(longest - shortest + 1)
                for period in 1...longest {
                    let unpaired = Double(frame[frameLength - period])
                    tail += unpaired * unpaired
                    let difference = Double(squaredDifference(frame, frame + period, frameLength - period)) + tail
                    sum += difference
                    if period >= shortest {
                        result.append(difference / (sum / Double(period) + Double(Float.leastNormalMagnitude)))
                    }
                }
                return result
            }
        }

        /// Σ (a − b)² of `count` samples.
        @inline(__always)
        private func squaredDifference(
            _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ count: Int
        ) -> Float {
            var sums = SIMD16<Float>.zero
            var index = 0
            while index + 16 <= count {
                let left = UnsafeRawPointer(first + index).loadUnaligned(as: SIMD16<Float>.self)
                let right = UnsafeRawPointer(second + index).loadUnaligned(as: SIMD16<Float>.self)
                let difference = left - right
                sums += difference * difference
                index += 16
            }
            var sum = sums.sum()
            while index < count {
                sum += (first[index] - second[index]) * (first[index] - second[index])
                index += 1
            }
            return sum
        }
    }

    /// A hidden Markov model with each pitch bin once voiced and once not.
    fileprivate struct PitchCourse {
        private let bins: Int
        /// Logarithms of the probabilities to go from bin to bin, by distance.
        private let moves: [Float]
        /// Of each bin, the logarithm of what its moves sum to; less at both ends.
        private let totals: [Float]
        private let reach: Int

        init(bins: Int, width: Int) {
            self.bins = bins
            let reach = width / 2
            self.reach = reach
            // A triangle; rows at the ends have lost a part of it.
            let triangle = (0...reach).map { Double(reach + 1 - $0) / Double(reach + 1) }
            moves = triangle.map { Float(log($0)) }
            totals = (0..<bins).map { bin in
                let total = (max(bin - reach, 0)...min(bin + reach, bins - 1)).reduce(0.0) {
                    $0 + triangle[abs($1 - bin)]
                }
                return Float(log(total))
            }
        }

        /// The likeliest state of each frame: bin, or `bins` + bin where it is not voiced.
        func likeliest(_ observed: [[(bin: Int, probability: Double)]]) -> [Int] {
            guard !observed.isEmpty else { return [] }
            let (stay, leave) = (Float(log(1 - switching)), Float(log(switching)))
            // What librosa adds before a logarithm is taken.
            let tiny = Float(log(Double.leastNormalMagnitude))
            // All states are as likely at first.
            var voiced = [Float](repeating: 0, count: bins)
            var silent = [Float](repeating: 0, count: bins)
            var origins: [[UInt16]] = []
            origins.reserveCapacity(observed.count)
            for (frame, candidates) in observed.enumerated() {
                if frame > 0 {
                    let fromVoiced = spread(voiced)
                    let fromSilent = spread(silent)
                    var origin = [UInt16](repeating: 0, count: 2 * bins)
                    for bin in 0..<bins {
                        let (kept, began) = (fromVoiced.values[bin] + stay, fromSilent.values[bin] + leave)
                        voiced[bin] = max(kept, began)
                        origin[bin] = kept >= began ? fromVoiced.origins[bin] : fromSilent.origins[bin] + UInt16(bins)
                        let (ended, rested) = (fromVoiced.values[bin] + leave, fromSilent.values[bin] + stay)
                        silent[bin] = max(ended, rested)
                        origin[bins + bin] =
                            ended >= rested ? fromVoiced.origins[bin] : fromSilent.origins[bin] + UInt16(bins)
                    }
                    origins.append(origin)
                }
                let sum = min(candidates.reduce(0) { $0 + $1.probability }, 1)
                let unvoiced = Float(log((1 - sum) / Double(bins) + Double.leastNormalMagnitude))
                var levels = [Float](repeating: tiny, count: bins)
                for candidate in candidates { levels[candidate.bin] = Float(log(candidate.probability)) }
                for bin in 0..<bins {
                    voiced[bin] += levels[bin]
                    silent[bin] += unvoiced
                }
            }
            let last = voiced + silent
            var state = last.indices.max { last[$0] < last[$1] } ?? 0
            var states = [state]
            for origin in origins.reversed() {
                state = Int(origin[state])
                states.append(state)
            }
            return states.reversed()
        }

        /// The best way to each bin, and where it comes from.
        private func spread(_ levels: [Float]) -> (values: [Float], origins: [UInt16]) {
            var values = [Float](repeating: -.infinity, count: bins)
            var origins = [UInt16](repeating: 0, count: bins)
            let outgoing = zip(levels, totals).map { $0 - $1 }
            outgoing.withUnsafeBufferPointer { outgoing in
                for bin in 0..<bins {
                    for from in max(bin - reach, 0)...min(bin + reach, bins - 1) {
                        let value = outgoing[from] + moves[abs(from - bin)]
                        if value > values[bin] {
                            values[bin] = value
                            origins[bin] = UInt16(from)
                        }
                    }
                }
            }
            return (values, origins)
        }
    }
}

/// A ``PitchTrack`` of samples that come in pieces, a minute at a time.
struct PitchMeter: Sendable {
    private let bins: Int
    private let candidates: PitchTrack.PitchCandidates
    private let course: PitchTrack.PitchCourse
    /// The way back through a minute's states takes five megabytes; a course is settled long before a second is over.
    private static let piece = Int(60 / PitchTrack.step)
    private static let margin = Int(1 / PitchTrack.step)

    /// Samples that are needed yet, with half a frame of silence before the first; they begin at frame `first`.
    private var held = [Float](repeating: 0, count: PitchTrack.frameLength / 2)
    private var first = 0
    private var sampleCount = 0
    private var frequencies: [Float] = []

    init() {
        bins =
            Int((12 * Double(PitchTrack.binsPerSemitone) * log2(PitchTrack.highest / PitchTrack.lowest)).rounded(.down))
            + 1
        candidates = PitchTrack.PitchCandidates(bins: bins)
        course = PitchTrack.PitchCourse(bins: bins, width: PitchTrack.transitionWidth)
    }

    mutating func add(_ samples: [Float]) {
        held += samples
        sampleCount += samples.count
        // A piece and the second behind it, in frames that lie within the samples.
        var last: Int { frequencies.count + Self.piece + Self.margin - 1 }
        while last * PitchTrack.hop + PitchTrack.frameLength / 2 <= sampleCount { measure(Self.piece, of: last + 1) }
    }

    mutating func finish() -> PitchTrack {
        let frames = 1 + sampleCount / PitchTrack.hop
        held += [Float](repeating: 0, count: PitchTrack.frameLength)
        while frequencies.count < frames { measure(Self.piece, of: frames) }
        return PitchTrack(frequencies: frequencies)
    }

    /// The next frames, `count` at most, of the `frames` that there are.
    private mutating func measure(_ count: Int, of frames: Int) {
        let begin = frequencies.count
        let end = min(begin + count, frames)
        let from = max(begin - Self.margin, 0)
        let observed = (from..<min(end + Self.margin, frames)).map {
            candidates.find(in: held, at: ($0 - first) * PitchTrack.hop)
        }
        frequencies += course.likeliest(observed).dropFirst(begin - from).prefix(end - begin).map { state in
            state < bins
                ? Float(PitchTrack.lowest * exp2(Double(state) / (12 * Double(PitchTrack.binsPerSemitone)))) : 0
        }
        let needed = max(end - Self.margin, first)
        held.removeFirst((needed - first) * PitchTrack.hop)
        first = needed
    }
}

import VoiceAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is counted of three seconds of a voice: how high, how fast, how steady, how loud, and how timbre and level move.
///
/// Silence at both ends, 35 dB below the loudest frame, does not count; "loud" frames are within 25 dB of it.
/// - Source: `voice_training.prosody.statistics` of `Weights/Training`, in the same order.
package enum VoiceStatistics {
    package static let count = 250
    private static let bands = LogMelSpectrum.bands
    private static let cepstra = 20
    private static let lags = [1, 2, 4, 8, 16, 32]
    private static let framesASecond = 80.0
    /// 25 and 35 dB as natural logarithms.
    private static let (loudRange, speechRange) = (5.756, 8.06)
    /// Where the band means, the quantiles of the level and of the pitch stand, and what levels are taken relative to.
    private static let (timbre, levels, tones, medianLevel) = (0..<64, 188..<193, 236..<239, 190)

    /// A frame's pitch.
    package struct Tone {
        /// Semitones above 100 Hz; nil where it is not voiced.
        package let semitones: Double?
        package let aperiodicity: Double

        package init(semitones: Double?, aperiodicity: Double) {
            (self.semitones, self.aperiodicity) = (semitones, aperiodicity)
        }
    }

    /// The ``count`` numbers of some frames.
    ///
    /// - Parameters:
    ///   - power: natural logarithms, frame by frame, 64 bands each; one frame or more.
    ///   - tones: one a frame.
    package static func values(of power: [Float], tones: [Tone]) -> [Double] {
        let whole = stride(from: 0, to: power.count, by: bands).map { begin in
            power[begin..<(begin + bands)].map { Double($0) }
        }
        let levels = whole.map { log($0.reduce(0) { $0 + exp($1) }) }
        let loudest = levels.max() ?? 0
        let first = levels.firstIndex { $0 > loudest - speechRange } ?? 0
        let last = levels.lastIndex { $0 > loudest - speechRange } ?? 0
        let (frames, level, tones) = (
            Array(whole[first...last]), Array(levels[first...last]), Array(tones[first...last])
        )
        let loud = level.indices.filter { level[$0] > loudest - loudRange }
        let timbre = frames.map { frame in
            cosines.map { row in zip(row, frame).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        let moves = timbre.count > 4 ? zip(timbre.dropFirst(4), timbre).map { zip($0, $1).map { $0 - $1 } } : []
        let still = [[Double](repeating: 0, count: cepstra)]
        var result = means(loud.map { frames[$0] }) + deviations(loud.map { frames[$0] })
        result += deviations(loud.map { timbre[$0] })
        result += means(moves.isEmpty ? still : moves.map { $0.map(abs) }) + deviations(moves.isEmpty ? still : moves)
        result += [0.05, 0.2, 0.5, 0.8, 0.95].map { quantile(level.sorted(), $0) }
        result += [Double(level.count) / framesASecond, Double(loud.count) / Double(level.count)]
        let mean = mean(level)
        result += (0..<5).map { part in
            let begin = part * level.count / 5
            return Self.mean(level[begin..<max((part + 1) * level.count / 5, begin + 1)]) - mean
        }
        for course in [level] + (1...5).map({ order in timbre.map { $0[order] } }) {
            result += lags.map { lag in
                course.count > lag ? Self.mean(zip(course.dropFirst(lag), course).map { abs($0 - $1) }) : 0
            }
        }
        result += melody(of: tones)
        let aperiodicity = loud.map { tones[$0].aperiodicity }
        result.append(Self.mean(aperiodicity))
        return result + [0.2, 0.5, 0.8].map { quantile(aperiodicity.sorted(), $0) }
    }

    /// What is told where nothing is known of the speaker: levels relative to the median level, so that the gain does not count,
    /// and of the pitch its spread around its median.
    package static func alone(_ values: [Double]) -> [Double] {
        var result = values
        for index in timbre { result[index] -= values[medianLevel] }
        for index in levels { result[index] -= values[medianLevel] }
        for index in tones { result[index] -= values[tones.lowerBound] }
        return result
    }

    private static func melody(of tones: [Tone]) -> [Double] {
        let voiced = tones.indices.filter { tones[$0].semitones != nil }
        let pitch = voiced.compactMap { tones[$0].semitones }
        guard pitch.count >= 4 else { return [Double](repeating: 0, count: 10) }
        let mean = mean(pitch)
        let middle = Self.mean(voiced.map(Double.init))
        let times = voiced.map { (Double($0) - middle) / framesASecond }
        let third = max(pitch.count / 3, 1)
        let runs = zip(voiced.dropFirst(), voiced).count { $0 - $1 > 1 } + 1
        let slope =
            zip(times, pitch).reduce(0) { $0 + $1.0 * ($1.1 - mean) } / max(times.reduce(0) { $0 + $1 * $1 }, 1e-3)
        let sorted = pitch.sorted()
        return [
            quantile(sorted, 0.5), quantile(sorted, 0.1), quantile(sorted, 0.9),
            Self.mean(pitch.map { ($0 - mean) * ($0 - mean) }).squareRoot(),
            Self.mean(zip(pitch.dropFirst(), pitch).map { min(abs($0 - $1), 4) }), slope / 10,
            Self.mean(pitch.prefix(third)) - mean, Self.mean(pitch.suffix(third)) - mean,
            Double(pitch.count) / Double(tones.count), Double(pitch.count) / Double(runs) / framesASecond,
        ]
    }

    private static func mean(_ values: some Collection<Double>) -> Double {
        values.reduce(0, +) / Double(max(values.count, 1))
    }

    /// Of each column.
    private static func means(_ rows: [[Double]]) -> [Double] {
        let sums = rows.dropFirst().reduce(rows[0]) { zip($0, $1).map { $0 + $1 } }
        return sums.map { $0 / Double(rows.count) }
    }

    private static func deviations(_ rows: [[Double]]) -> [Double] {
        let mean = means(rows)
        return means(rows.map { zip($0, mean).map { ($0 - $1) * ($0 - $1) } }).map { $0.squareRoot() }
    }

    /// Of sorted values the one nearest to that share of the way.
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        sorted[Int(share * Double(sorted.count - 1) + 0.5)]
    }

    /// The orthonormal discrete cosine transform's first rows.
    private static let cosines = (0..<cepstra).map { order -> [Double] in
        let scale = ((order == 0 ? 1.0 : 2.0) / Double(bands)).squareRoot()
        return (0..<bands).map { cos(Double.pi * Double(order * (2 * $0 + 1)) / Double(2 * bands)) * scale }
    }
}

extension PitchTrack {
    /// The pitch at frames of the log-mel spectrum, that of the nearest frame of its own.
    package func tones(at frames: Range<Int>) -> [VoiceStatistics.Tone] {
        let stepRatio = Double(LogMelSpectrum.step) / Double(LogMelSpectrum.rate) / step
        return frames.map { frame in
            let nearest = min(
                Int((Double(frame) * stepRatio).rounded(.toNearestOrEven)), frequencies.count - 1)
            let frequency = Double(frequencies[nearest])
            return VoiceStatistics.Tone(
                semitones: frequency > 0 ? 12 * log2(frequency / 100) : nil,
                aperiodicity: Double(aperiodicity[nearest]))
        }
    }
}

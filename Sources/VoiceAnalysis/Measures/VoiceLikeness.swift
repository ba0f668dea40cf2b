#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether some seconds of sound can be a voice: its spectrum has peaks and valleys, but not the gaps of a tone, and moves, and its
/// level rises and falls with the syllables.
///
/// Told from the bands that a telephone passes, over the frames within 25 dB of the loudest. Noise is too flat and too still,
/// tones and plain instruments are too peaked or too still, bands and orchestras mostly too even. Docs/VoiceAnalysis.md has what
/// was measured.
enum VoiceLikeness {
    /// Bands from some 300 to 3,400 Hz.
    private static let bands = 6..<44
    /// 25 dB as a natural logarithm.
    private static let loudRange = 5.756
    /// The least mean of the logarithms of the bands' power beside the logarithm of their mean: −4.4 is the least of 461 clips of
    /// speech, −7.8 the most of made instruments.
    static let leastFlatness = -6.0
    /// The least mean change of a band beside the others' in 50 ms: 0.84 is the least of speech in as much noise as 5 dB below it,
    /// 0.784 the most of made noises.
    static let leastMovement = 0.81
    /// The least standard deviation of the level, as a natural logarithm of power: 0.89 is the least of speech without loud
    /// noise, also when it was made even for broadcasting; half of all windows of recorded music have less than 0.75.
    static let leastSwing = 0.85
    /// The same where the bands lie as flat as `noisyFlatness` and above: noise fills the gaps between syllables, and 0.45 is the
    /// least of speech in as much noise as voice.
    static let leastSwingInNoise = 0.45
    private static let noisyFlatness = -0.9
    /// Frames of 50 ms.
    private static let lag = 4
    /// Pairs of frames without which movement is not judged.
    private static let leastPairs = 4

    /// - Parameter power: log-mel frames, one or more, 64 bands each.
    static func isVoice(_ power: [Float]) -> Bool {
        let frames = stride(from: 0, to: power.count, by: LogMelSpectrum.bands).map {
            power[$0..<($0 + LogMelSpectrum.bands)].map { Double($0) }
        }
        let levels = frames.map { log($0.reduce(0) { $0 + exp($1) }) }
        let loudest = levels.max() ?? 0
        let loud = levels.map { $0 > loudest - loudRange }
        let inside = frames.map { Array($0[bands]) }
        let sums = inside.map { log($0.reduce(0) { $0 + exp($1) }) }
        let width = Double(bands.count)
        var (flatness, loudCount) = (0.0, 0.0)
        var (movement, pairs) = (0.0, 0)
        var (level, square) = (0.0, 0.0)
        for frame in frames.indices where loud[frame] {
            flatness += inside[frame].reduce(0, +) / width - (sums[frame] - log(width))
            (level, square) = (level + levels[frame], square + levels[frame] * levels[frame])
            loudCount += 1
            guard frame >= lag, loud[frame - lag] else { continue }
            let lift = sums[frame] - sums[frame - lag]
            movement += zip(inside[frame], inside[frame - lag]).reduce(0) { $0 + abs($1.0 - $1.1 - lift) } / width
            pairs += 1
        }
        flatness /= max(loudCount, 1)
        guard loudCount > 0, flatness >= leastFlatness else { return false }
        let swing = max(square / loudCount - level * level / (loudCount * loudCount), 0).squareRoot()
        guard swing >= (flatness < noisyFlatness ? leastSwing : leastSwingInNoise) else { return false }
        return pairs < leastPairs || movement / Double(pairs) >= leastMovement
    }
}

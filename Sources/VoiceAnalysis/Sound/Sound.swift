/// One channel of sound.
public struct Sound: Hashable, Sendable {
    /// −1…1, where nothing is clipped.
    public let samples: [Float]
    /// Samples a second.
    public let rate: Int

    /// - Parameter samples: those that are no finite number become 0.
    /// - Precondition: `rate` is one of ``SoundLimits/rates``' defaults, 4,000 to 384,000.
    public init(samples: [Float], rate: Int) {
        precondition(SoundLimits.usualRates.contains(rate), "a rate of \(rate)")
        self.samples = samples.allSatisfy(\.isFinite) ? samples : samples.map { $0.isFinite ? $0 : 0 }
        self.rate = rate
    }

    /// Seconds.
    public var duration: Double { Double(samples.count) / Double(rate) }
}

/// What is read at most, checked before anything is allocated.
public struct SoundLimits: Hashable, Sendable {
    /// Seconds of one file.
    public var longest: Double
    public var channels: Int
    /// Within ``usualRates``.
    public var rates: ClosedRange<Int>
    /// Samples of one channel in a file.
    public var samples: Int

    public static let usualRates = 4_000...384_000

    public init(
        longest: Double = 3600, channels: Int = 32, rates: ClosedRange<Int> = usualRates, samples: Int = 3600 * 96_000
    ) {
        self.samples = samples
        self.longest = longest
        self.channels = channels
        self.rates = rates
    }
}

/// Bytes that are no sound, or none that is read here.
public enum SoundError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It does not begin as a WAV file does.
    case notWave
    /// The file ends within its header, or has no samples.
    case truncated
    /// A field of the header makes no sense.
    case malformed(String)
    /// A kind of samples that is not read: the format's number and its bits.
    case unsupportedFormat(code: Int, bits: Int)
    case tooLong(seconds: Double, limit: Double)
    case tooManySamples(Int, limit: Int)
    case tooManyChannels(Int, limit: Int)
    case rate(Int, limits: ClosedRange<Int>)

    public var description: String {
        switch self {
        case .notWave: "it is no WAV file"
        case .truncated: "the WAV file is cut off before its first sample"
        case .malformed(let field): "the WAV file is damaged: \(field)"
        case .unsupportedFormat(let code, let bits):
            "a WAV file of format \(code) with \(bits) bits a sample; PCM of 8 to 32 bits and floating point are read"
        case .tooLong(let seconds, let limit): "\(Int(seconds)) s of sound, and at most \(Int(limit)) s are read"
        case .tooManySamples(let count, let limit): "\(count) samples, and at most \(limit) are read"
        case .tooManyChannels(let count, let limit): "\(count) channels, and at most \(limit) are read"
        case .rate(let rate, let limits):
            "\(rate) samples a second, and \(limits.lowerBound) to \(limits.upperBound) are read"
        }
    }
}

/// The log-mel frames of a sound that comes in pieces, in windows of three seconds that overlap by half, the last one at the end;
/// one shorter window where there are fewer frames.
package struct LogMelWindows: Sendable {
    /// Frames of a window, and from one to the next.
    package static let length = 240
    package static let hop = 120

    /// Samples that are needed yet; the first of them is that of frame `first`.
    private var held: [Float] = []
    private var first = 0
    /// The frame with which the next window begins.
    private var next = 0
    /// Frames on either side of a window whose samples reach into it.
    private static let margin = 2

    package init() {}

    /// How many frames there are by now.
    private var count: Int { first + held.count / LogMelSpectrum.step + 1 }

    /// - Parameters:
    ///   - samples: 16,000 a second.
    ///   - take: a window's frames and their power, as ``LogMelSpectrum/frames(_:)`` gives it.
    package mutating func add(_ samples: [Float], _ take: (Range<Int>, [Float]) throws -> Void) rethrows {
        held += samples
        while count > next + Self.length + Self.margin {
            try take(next..<(next + Self.length), power(next..<(next + Self.length)))
            next += Self.hop
        }
        // The last window may begin up to a hop before the next.
        let needed = max(first, next - Self.hop - Self.margin)
        held.removeFirst((needed - first) * LogMelSpectrum.step)
        first = needed
    }

    package mutating func finish(_ take: (Range<Int>, [Float]) throws -> Void) rethrows {
        let last = max(count - Self.length, 0)
        while next < last {
            try take(next..<(next + Self.length), power(next..<(next + Self.length)))
            next += Self.hop
        }
        try take(last..<count, power(last..<count))
    }

    private func power(_ frames: Range<Int>) -> [Float] {
        let begin = max(frames.lowerBound - Self.margin, first)
        let end = min((frames.upperBound + Self.margin - first) * LogMelSpectrum.step, held.count)
        let part = Sound(
            samples: Array(held[((begin - first) * LogMelSpectrum.step)..<end]), rate: LogMelSpectrum.rate)
        return LogMelSpectrum(part).frames((frames.lowerBound - begin)..<(frames.upperBound - begin))
    }
}

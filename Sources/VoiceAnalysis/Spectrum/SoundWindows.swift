/// A sound that comes in pieces, in windows of three seconds that overlap by half, the last one at the end; one shorter window
/// where there is less.
///
/// Counted in ``LogMelSpectrum``'s frames.
package struct SoundWindows: Sendable {
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
    ///   - take: a window's frames, and samples in which all of it lies, with the frame in whose middle the first of these lies:
    ///     before the window are at least two frames' samples more, and behind it, unless the sound begins or ends there.
    package mutating func add(_ samples: [Float], _ take: (Range<Int>, [Float], Int) throws -> Void) rethrows {
        held += samples
        while count > next + Self.length + Self.margin {
            try take(next..<(next + Self.length), held, first)
            next += Self.hop
        }
        // The last window may begin up to a hop before the next.
        let needed = max(first, next - Self.hop - Self.margin)
        held.removeFirst((needed - first) * LogMelSpectrum.step)
        first = needed
    }

    package mutating func finish(_ take: (Range<Int>, [Float], Int) throws -> Void) rethrows {
        let last = max(count - Self.length, 0)
        while next < last {
            try take(next..<(next + Self.length), held, first)
            next += Self.hop
        }
        try take(last..<count, held, first)
    }
}

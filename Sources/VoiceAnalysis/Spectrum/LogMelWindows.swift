/// The log-mel frames of a sound that comes in pieces, in the windows of ``SoundWindows``.
package struct LogMelWindows: Sendable {
    private var windows = SoundWindows()

    package init() {}

    /// - Parameters:
    ///   - samples: 16,000 a second.
    ///   - take: a window's frames and their power, as ``LogMelSpectrum/frames(_:)`` gives it.
    package mutating func add(_ samples: [Float], _ take: (Range<Int>, [Float]) throws -> Void) rethrows {
        try windows.add(samples) { try take($0, LogMelSpectrum.frames($0, of: $1, first: $2)) }
    }

    package mutating func finish(_ take: (Range<Int>, [Float]) throws -> Void) rethrows {
        try windows.finish { try take($0, LogMelSpectrum.frames($0, of: $1, first: $2)) }
    }
}

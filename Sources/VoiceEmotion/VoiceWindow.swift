import TensorEngine
import VoiceAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Three seconds of a log-mel spectrum, as the network is given them.
package struct VoiceWindow {
    static let frames = VoiceLayers.frames
    static let bands = VoiceLayers.bands

    /// Natural logarithms of power, frame by frame.
    private let power: [Float]
    /// Of each band the mean over the frames within 25 dB of the loudest.
    package let loudMean: [Float]
    /// How many frames those are.
    let loudFrames: Int

    /// 25 dB.
    private static let loudRange: Float = 5.756
    /// Below the window's mean power, 48 dB: what counts as silence.
    private static let deepest: Float = -11
    /// Of a band beside its mean, at most.
    private static let farthest: Float = 8
    private static let scale: Float = 4

    /// - Parameter power: 240 frames of 64 bands each, natural logarithms.
    package init(_ power: [Float]) {
        precondition(power.count == Self.frames * Self.bands, "\(power.count) values for a window")
        let levels = (0..<Self.frames).map { Self.level(power[($0 * Self.bands)..<(($0 + 1) * Self.bands)]) }
        let loudest = levels.max() ?? 0
        let loud = levels.indices.filter { levels[$0] > loudest - Self.loudRange }
        self.power = power
        loudFrames = loud.count
        loudMean = (0..<Self.bands).map { band in
            loud.reduce(0) { $0 + power[$1 * Self.bands + band] } / Float(loud.count)
        }
    }

    /// - Parameter power: of 240 frames at most; fewer lie in the window's middle, silence around them.
    package init(padding power: [Float]) {
        let missing = Self.frames - power.count / Self.bands
        let silence = { [Float](repeating: LogMelSpectrum.silence, count: $0 * Self.bands) }
        self.init(silence(missing / 2) + power + silence(missing - missing / 2))
    }

    /// `[N, 64, 240, 2]`: relative to each window's mean power and nothing farther below than 48 dB, so that neither the gain nor
    /// a quiet room's noise counts; and relative to the loud frames' mean in each band, so that neither the voice nor the
    /// microphone does.
    ///
    /// - Parameter usual: the speaker's usual ``loudMean``, where it is known; then the second says how the window differs from it.
    package static func input(_ windows: [VoiceWindow], usual: [Float]? = nil) -> Tensor {
        Tensor(shape: [windows.count, bands, frames, 2]) { (target: UnsafeMutableBufferPointer<Float>) in
            for (index, window) in windows.enumerated() {
                let level = Self.level(window.power[...]) - Float(log(Double(window.power.count)))
                let means = usual ?? window.loudMean
                for frame in 0..<frames {
                    for band in 0..<bands {
                        let value = window.power[frame * bands + band]
                        let place = 2 * ((index * bands + band) * frames + frame)
                        target[place] = (max(value - level, deepest) + scale) / scale
                        target[place + 1] = min(max(value - means[band], -farthest), farthest) / scale
                    }
                }
            }
        }
    }

    /// The logarithm of the sum of powers.
    private static func level(_ values: ArraySlice<Float>) -> Float {
        let highest = values.max() ?? 0
        return highest + Float(log(values.reduce(0.0) { $0 + exp(Double($1 - highest)) }))
    }
}

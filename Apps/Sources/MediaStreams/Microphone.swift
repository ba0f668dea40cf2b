import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A microphone that is listened to while something else goes on. What it hears stays in memory.
public final class Microphone {
    /// Samples a second.
    public static let rate = 16_000

    /// What was heard.
    public struct Recording: Sendable {
        /// 16-bit samples, little-endian, of one channel.
        public let bytes: [UInt8]
        /// When the first of them was heard; nil where there is none.
        public let begin: ContinuousClock.Instant?
    }

    private let program: ChildProcess
    private let heard: Heard

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - device: `pulse:NAME` of PulseAudio or PipeWire; anything else is a device of ALSA, such as `default`.
    ///   - seconds: what comes later is let go.
    public init(_ device: String, longest seconds: Double) throws(MediaError) {
        let isPulse = device.hasPrefix("pulse:")
        let name = isPulse ? String(device.dropFirst("pulse:".count)) : device
        program = try ChildProcess(
            "ffmpeg",
            ["-nostdin", "-hide_banner", "-loglevel", "error", "-f", isPulse ? "pulse" : "alsa", "-i", name]
                + [
                    "-ac", "1", "-ar", "\(Self.rate)", "-c:a", "pcm_s16le", "-flush_packets", "1", "-f", "s16le",
                    "pipe:1",
                ],
            .fromOutput)
        // Of its own, so that closing the program's end cannot pull it away from under the reading thread.
        heard = Heard(dup(program.pipe.number), limit: Int(seconds * Double(Self.rate)) * 2)
    }

    /// Stops listening.
    ///
    /// - Throws: ``MediaError/failed(program:status:reason:)`` where nothing was heard at all.
    public func finish() throws(MediaError) -> Recording {
        program.stop()
        let recording = heard.recording()
        guard recording.begin != nil else {
            throw .failed(program: program.program, status: program.waitForEnd(), reason: program.messages.reason)
        }
        return recording
    }
}

/// Reads a pipe to its end on a thread of its own.
private final class Heard: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var begin: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let limit: Int
    private let ended = DispatchGroup()

    init(_ descriptor: Int32, limit: Int) {
        self.limit = limit
        DispatchQueue(label: "microphone").async(group: ended) { self.read(from: descriptor) }
    }

    /// Everything up to the end, which is waited for.
    func recording() -> Microphone.Recording {
        ended.wait()
        return state.withLock { Microphone.Recording(bytes: $0.bytes, begin: $0.begin) }
    }

    private func read(from descriptor: Int32) {
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = systemRead(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            let length = Duration.seconds(Double(count) / Double(2 * Microphone.rate))
            state.withLock {
                // What comes first was heard just before it came.
                $0.begin = $0.begin ?? .now - length
                $0.bytes += block[..<min(count, limit - $0.bytes.count)]
            }
        }
        _ = close(descriptor)
    }
}

#if canImport(Glibc)
    private let systemRead = Glibc.read
#else
    private let systemRead = Darwin.read
#endif

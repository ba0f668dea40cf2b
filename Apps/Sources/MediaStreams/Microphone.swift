import Dispatch
import FileNames
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A microphone that is listened to while something else goes on. What it hears lies in a file without a name.
public final class Microphone {
    /// Samples a second.
    public static let rate = 16_000

    /// What was heard.
    public struct Recording: Sendable {
        /// 16-bit samples, little-endian, of one channel.
        public let samples: NamelessFile
        /// When the first of them was heard; nil where there is none.
        public let begin: ContinuousClock.Instant?
        /// Why there was no room for what came later; nil where there was.
        public let failure: FileBytes.Failure?
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
        let samples: NamelessFile
        do throws(FileBytes.Failure) { samples = try NamelessFile() } catch {
            throw .unreadable(path: NamelessFile.folder, reason: error.reason)
        }
        program = try ChildProcess(
            "ffmpeg",
            ["-nostdin", "-hide_banner", "-loglevel", "error", "-f", isPulse ? "pulse" : "alsa", "-i", name]
                + [
                    "-ac", "1", "-ar", "\(Self.rate)", "-c:a", "pcm_s16le", "-flush_packets", "1", "-f", "s16le",
                    "pipe:1",
                ],
            .fromOutput)
        // Of its own, so that closing the program's end cannot pull it away from under the reading thread.
        heard = Heard(dup(program.pipe.number), samples, limit: Int(seconds * Double(Self.rate)) * 2)
    }

    /// Stops listening.
    ///
    /// - Throws: ``MediaError/failed(program:status:reason:)`` where nothing was heard at all,
    ///   ``MediaError/unreadable(path:reason:)`` where nothing of what was heard found room.
    public func finish() throws(MediaError) -> Recording {
        program.stop()
        let recording = heard.recording()
        if let failure = recording.failure, (try? recording.samples.count()) ?? 0 == 0 {
            throw .unreadable(path: NamelessFile.folder, reason: failure.reason)
        }
        guard recording.begin != nil else {
            throw .failed(program: program.program, status: program.waitForEnd(), reason: program.messages.reason)
        }
        return recording
    }
}

/// Reads a pipe to its end on a thread of its own.
private final class Heard: Sendable {
    private struct State {
        var begin: ContinuousClock.Instant?
        var failure: FileBytes.Failure?
    }

    private let state = Mutex(State())
    private let samples: NamelessFile
    private let limit: Int
    private let ended = DispatchGroup()

    init(_ descriptor: Int32, _ samples: NamelessFile, limit: Int) {
        (self.samples, self.limit) = (samples, limit)
        DispatchQueue(label: "microphone").async(group: ended) { self.read(from: descriptor) }
    }

    /// Everything up to the end, which is waited for.
    func recording() -> Microphone.Recording {
        ended.wait()
        return state.withLock { Microphone.Recording(samples: samples, begin: $0.begin, failure: $0.failure) }
    }

    private func read(from descriptor: Int32) {
        var block = [UInt8](repeating: 0, count: 4096)
        var total = 0
        while true {
            let count = systemRead(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            let length = Duration.seconds(Double(count) / Double(2 * Microphone.rate))
            // What comes first was heard just before it came.
            state.withLock { $0.begin = $0.begin ?? .now - length }
            let kept = min(count, limit - total)
            total += kept
            do throws(FileBytes.Failure) {
                try samples.append(block, count: kept)
            } catch {
                state.withLock { $0.failure = error }
                break
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

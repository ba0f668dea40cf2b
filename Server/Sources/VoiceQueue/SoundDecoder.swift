import Subprocess
import VoiceAnalysis

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Sounds as clients send them: WAV by our own reader, other formats through ffmpeg, which is a process of its own.
struct SoundDecoder: Sendable {
    let limits: SoundLimits
    /// Seconds after which ffmpeg is ended, where the deadline does not come first.
    let seconds: Double

    /// What a sound of ffmpeg's takes a second: the file that it writes, 2 bytes a sample, and its samples, 4 bytes each.
    private static let bytesPerSecond = rate * 6
    /// Seconds that ffmpeg may write beyond the longest sound, so that one that is too long is told from one that is not.
    private static let excess = 2.0

    /// Seconds of the longest sound that takes at most so many bytes; half a second where that is less.
    static func longest(within bytes: Int) -> Double { max(Double(bytes) / Double(bytesPerSecond) - excess, 0.5) }

    /// Samples a second to which ffmpeg brings other formats; more hold nothing of a voice.
    private static let rate = 48_000

    /// What recorders write. None of these formats can name another file or address to be read, and no other is opened.
    private static let formats = "aac,aiff,amr,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,w64,wav"

    /// - Parameter hold: see ``VoiceQueue/analyze(_:before:holding:)``.
    /// - Returns: the sound, and what holds its memory.
    func decode(
        _ bytes: [UInt8], before deadline: ContinuousClock.Instant, holding hold: @Sendable (Int) -> (any Sendable)?
    ) async throws(VoiceQueueError) -> (sound: Sound, held: any Sendable) {
        if bytes.starts(with: "RIFF".utf8) {
            // A sample has one byte or more in the file, and four in memory.
            guard let held = hold(bytes.count * 4) else { throw .busy }
            do { return (try WaveReader.read(bytes, limits: limits), held) } catch {
                // ffmpeg knows the compressed kinds of WAV, and what else is in RIFF.
                switch error {
                case .unsupportedFormat, .notWave: break
                default: throw .sound(error)
                }
            }
        }
        guard let held = hold(Int((limits.longest + Self.excess) * Double(Self.bytesPerSecond))) else { throw .busy }
        let wave = try await converted(bytes, before: deadline)
        do { return (try WaveReader.read(wave, limits: limits), held) } catch { throw .sound(error) }
    }

    private func converted(
        _ bytes: [UInt8], before deadline: ContinuousClock.Instant
    ) async throws(VoiceQueueError) -> [UInt8] {
        guard let input = Self.nameless(bytes) else { throw .unreadable }
        let limit = Int((limits.longest + Self.excess) * Double(Self.rate)) * 2
        let end = min(deadline, ContinuousClock.now + .seconds(seconds))
        let wave: [UInt8]?
        do {
            wave = try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
                group.addTask {
                    let result = try await run(
                        .name("ffmpeg"), arguments: Arguments(arguments),
                        input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .bytes(limit: limit),
                        error: .discarded)
                    // Of a file that breaks off, what came before is heard.
                    return result.standardOutput.count > 4_096 ? result.standardOutput : nil
                }
                group.addTask {
                    try await Task.sleep(until: end)
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        } catch {
            wave = nil
        }
        guard let wave else { throw ContinuousClock.now < deadline ? .unreadable : .deadlineExceeded }
        return wave
    }

    private var arguments: [String] {
        [
            "-nostdin", "-hide_banner", "-loglevel", "quiet", "-max_alloc", "\(64 << 20)", "-protocol_whitelist",
            "file", "-format_whitelist",
            Self.formats, "-i", "/dev/stdin", "-map", "0:a:0", "-vn", "-sn", "-dn", "-af",
            "aresample=async=1:first_pts=0", "-t", "\(limits.longest + 1)", "-ac", "1", "-ar", "\(Self.rate)", "-c:a",
            "pcm_s16le", "-f", "wav", "pipe:1",
        ]
    }

    /// A file without a name, which goes with its last reader: some formats have to be read back and forth.
    private static func nameless(_ bytes: [UInt8]) -> FileDescriptor? {
        var path = Array("/tmp/emotion-sound-XXXXXX".utf8CString)
        let number = mkstemp(&path)
        guard number >= 0 else { return nil }
        unlink(path)
        let file = FileDescriptor(rawValue: number)
        do {
            try file.writeAll(bytes)
            try file.seek(offset: 0, from: .start)
            return file
        } catch {
            try? file.close()
            return nil
        }
    }
}

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
    /// Seconds after which ffmpeg is ended.
    let seconds: Double

    /// Samples a second to which ffmpeg brings other formats; more hold nothing of a voice.
    private static let rate = 48_000

    /// What recorders write. None of these formats can name another file or address to be read, and no other is opened.
    private static let formats = "aac,aiff,amr,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,w64,wav"

    func decode(_ bytes: [UInt8]) async throws(VoiceQueueError) -> Sound {
        if bytes.starts(with: "RIFF".utf8) {
            do { return try WaveReader.read(bytes, limits: limits) } catch {
                // ffmpeg knows the compressed kinds of WAV, and what else is in RIFF.
                switch error {
                case .unsupportedFormat, .notWave: break
                default: throw .sound(error)
                }
            }
        }
        let wave = try await converted(bytes)
        do { return try WaveReader.read(wave, limits: limits) } catch { throw .sound(error) }
    }

    private func converted(_ bytes: [UInt8]) async throws(VoiceQueueError) -> [UInt8] {
        guard let input = Self.nameless(bytes) else { throw .unreadable }
        let limit = Int(limits.longest + 2) * Self.rate * 2
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
                    try await Task.sleep(for: .seconds(seconds))
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        } catch {
            throw .unreadable
        }
        guard let wave else { throw .unreadable }
        return wave
    }

    private var arguments: [String] {
        [
            "-nostdin", "-hide_banner", "-loglevel", "quiet", "-protocol_whitelist", "file", "-format_whitelist",
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

import FileNames

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension FFmpeg {
    /// The first sound track of a file, mixed to one channel: a WAV stream of 16-bit samples whose length is not filled
    /// in.
    ///
    /// It begins at a player's zero: a track that begins later, or has gaps, is silent there.
    ///
    /// - Parameters:
    ///   - path: the file, or what errors call it where it has no name.
    ///   - nameless: the file, where it has no name.
    ///   - seconds: a second more than this is decoded at most, so that a longer file can be told.
    ///   - rate: samples a second.
    ///   - take: is given the stream piece by piece; where it throws, ffmpeg is ended.
    public static func sound(
        of path: String, or nameless: NamelessFile? = nil, longest seconds: Double, rate: Int,
        _ take: ([UInt8]) throws -> Void
    ) throws {
        // Through the name of its standard input ffmpeg can go to and fro in it, as the index at an MP4 file's end demands. Where that
        // name is no other opening, the place of the last reading is left behind.
        if let nameless { lseek(nameless.descriptor, 0, SEEK_SET) }
        let input = nameless == nil ? path : "/dev/stdin"
        let program = try ChildProcess(
            "ffmpeg",
            [
                "-nostdin", "-hide_banner", "-loglevel", "error", "-i", "file:" + input, "-map", "0:a:0", "-vn", "-sn",
                "-dn", "-af", "aresample=async=1:first_pts=0",
                "-t", "\(seconds + 1)", "-ac", "1", "-ar", "\(rate)", "-c:a", "pcm_s16le", "-f", "wav", "pipe:1",
            ], .fromOutput, input: nameless?.descriptor)
        var piece = [UInt8](repeating: 0, count: 1 << 19)
        var total = 0
        while case let count = try program.pipe.read(into: &piece), count > 0 {
            total += count
            try take(count == piece.count ? piece : Array(piece.prefix(count)))
        }
        do { try program.finish() } catch {
            // Of a file that breaks off, what came before is heard.
            guard total <= 4096 else { return }
            let hasNone = program.messages.lines.contains { $0.contains("matches no streams") }
            let reason = hasNone ? "it holds no sound" : program.messages.reason ?? ProgramMessages.unreadable
            throw MediaError.unreadable(path: path, reason: reason)
        }
    }
}

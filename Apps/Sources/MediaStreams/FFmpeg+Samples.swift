extension FFmpeg {
    /// The first sound track of a file, mixed to one channel: a WAV stream of 16-bit samples whose length is not filled
    /// in.
    ///
    /// It begins at a player's zero: a track that begins later, or has gaps, is silent there.
    ///
    /// - Parameters:
    ///   - seconds: a second more than this is decoded at most, so that a longer file can be told.
    ///   - rate: samples a second.
    public static func sound(of path: String, longest seconds: Double, rate: Int) throws(MediaError) -> [UInt8] {
        let program = try ChildProcess(
            "ffmpeg",
            [
                "-nostdin", "-hide_banner", "-loglevel", "error", "-i", "file:" + path, "-map", "0:a:0", "-vn", "-sn",
                "-dn", "-af", "aresample=async=1:first_pts=0",
                "-t", "\(seconds + 1)", "-ac", "1", "-ar", "\(rate)", "-c:a", "pcm_s16le", "-f", "wav", "pipe:1",
            ], .fromOutput)
        let bytes = try program.pipe.readToEnd(atMost: 4096 + Int(seconds + 2) * rate * 2)
        do { try program.finish() } catch {
            // Of a file that breaks off, what came before is heard.
            guard bytes.count <= 4096 else { return bytes }
            let hasNone = program.messages.lines.contains { $0.contains("matches no streams") }
            let reason = hasNone ? "it holds no sound" : program.messages.reason ?? ProgramMessages.unreadable
            throw .unreadable(path: path, reason: reason)
        }
        return bytes
    }
}
